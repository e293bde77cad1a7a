use super::*;
use crate::import::{Folder, InputFile, Limits, cut, read};
use crate::model::date::Precision;
use crate::model::supply::Supplied;

fn folder(files: &[(&str, &str)]) -> Folder {
    let file = |(path, text): &(&str, &str)| InputFile {
        path: (*path).to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
        agency: None,
    };
    Folder {
        files: files.iter().map(file).collect(),
        skipped: Vec::new(),
    }
}

fn supplied(files: &[(&str, &str)]) -> Supplied {
    let supplied = read(&folder(files), &Limits::default()).unwrap();
    for file in &supplied.files {
        assert_eq!(file.rows, file.used + file.rejected, "{}", file.path);
    }
    supplied
}

/// Date and text of each entry, by date.
fn told(supplied: &Supplied) -> Vec<String> {
    let entries = supplied.entries.iter();
    let mut told: Vec<String> = entries
        .map(|entry| {
            format!("{} {}", entry.when.date_cell(), entry.text)
                .trim()
                .to_owned()
        })
        .collect();
    told.sort();
    told
}

fn related(supplied: &Supplied) -> Vec<String> {
    let all = supplied.relationships.iter();
    all.map(|one| format!("{} {} {}", one.record, one.relationship, one.related))
        .collect()
}

fn profile(supplied: &Supplied) -> (&str, &str) {
    let file = &supplied.files[0];
    (
        file.profile.as_str(),
        file.agency.as_ref().map_or("", |agency| agency.as_str()),
    )
}

#[test]
fn every_built_in_profile_can_be_read() {
    for (name, text) in FILES {
        let read = Profile::read(name, text);
        assert!(read.is_ok(), "{name}: {:?}", read.err());
    }
    assert_eq!(all().len(), FILES.len());
}

#[test]
fn a_review_of_a_looked_after_child_tells_how_the_child_took_part() {
    let reviews = "\u{feff}CHILD,DOB,REVIEW,REVIEW_CODE\nK1,01/02/2012,05/03/2024,PN1\nK1,01/02/2012,06/09/2024,PN7\nK1,01/02/2012,07/12/2024,PN9\n";
    let episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\nK1,01/01/2024,S,C1,N1,U6,PR1,,,,ZZ1 1ZZ,ZZ2 2ZZ,\n";
    let supplied = supplied(&[("903_reviews.csv", reviews), ("903_episodes.csv", episodes)]);
    assert_eq!(profile(&supplied), ("ssda903", "social-care"));
    assert_eq!(
        told(&supplied),
        [
            "2024-01-01 Looked after: started to be looked after; legal status: interim care order; foster care; need: abuse or neglect",
            "2024-03-05 Review; the child attended and spoke",
            "2024-09-06 Review; the child did not attend and gave no views",
            "2024-12-07 Review; how the child took part: PN9",
        ]
    );
    let views: Vec<&str> = supplied
        .entries
        .iter()
        .map(|entry| entry.child_view.as_str())
        .filter(|view| !view.is_empty())
        .collect();
    assert_eq!(views, ["Took part in the review: attended and spoke"]);
    assert_eq!(supplied.records.len(), 1);
    assert!(supplied.records[0].given_name.is_empty() && supplied.records[0].postcode.is_empty());
    let unknown: Vec<&str> = supplied
        .rejects
        .iter()
        .map(|line| line.value.as_str())
        .collect();
    assert_eq!(unknown, ["PN9"]);
    assert!(
        !told(&supplied).concat().contains("ZZ2"),
        "where a carer lives is in no text"
    );
}

#[test]
fn a_child_protection_plan_of_annex_a_is_an_involvement_and_two_entries() {
    // a list that was saved as CSV, its title row above, codes with and without their letter
    let list = "List 7: Child protection,,,,,,\nChild Unique ID,Gender,Date of Birth,Child Protection Plan Start Date,Initial Category of Abuse,Was the Child Seen Alone?,Child Protection Plan End Date,Allocated Worker\nA9,b) Female,03/04/2014,05/01/2024,a) Neglect,a) Yes,06/07/2024,W. Hale\n";
    let supplied = supplied(&[("lists.csv", list)]);
    assert_eq!(profile(&supplied), ("annex-a", "social-care"));
    assert_eq!(
        told(&supplied),
        [
            "2024-01-05 Child protection plan began: Neglect",
            "2024-07-06 Child protection plan ended"
        ]
    );
    let plan = supplied
        .involvements
        .iter()
        .find(|one| one.service == "child protection plan")
        .unwrap();
    assert_eq!(
        (
            plan.from.date_cell().as_str(),
            plan.to.date_cell().as_str(),
            plan.worker.as_str()
        ),
        ("2024-01-05", "2024-07-06", "W. Hale")
    );
    assert_eq!(supplied.records[0].sex.text(), "female");
}

const CENSUS: &str = "<Message><Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID><UPNunknown>UN1</UPNunknown><PersonBirthDate>2015-01-02</PersonBirthDate><Sex>F</Sex></ChildIdentifiers><CINdetails><CINreferralDate>2024-01-02</CINreferralDate><ReferralSource>1B</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA><Assessments><AssessmentActualStartDate>2024-02-03</AssessmentActualStartDate><FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>ZZ</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments><ChildProtectionPlans><CPPstartDate>2024-03-04</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse></ChildProtectionPlans></CINdetails></Child><Child><ChildIdentifiers><LAchildID>C2</LAchildID><ExpectedPersonBirthDate>2024-06-01</ExpectedPersonBirthDate></ChildIdentifiers></Child></Children></Message>";

#[test]
fn a_census_tells_whom_a_factor_is_about() {
    let supplied = supplied(&[("cin.xml", CENSUS)]);
    assert_eq!(profile(&supplied), ("cin-census", "social-care"));
    assert_eq!(
        told(&supplied),
        [
            "2024-01-02 Referral to children's social care; primary need: abuse or neglect",
            "2024-02-03 Assessment began",
            "2024-02-03 Factors found at the assessment: domestic abuse of a parent or carer, ZZ",
            "2024-03-04 Child protection plan began: neglect",
        ]
    );
    let referral = supplied
        .entries
        .iter()
        .find(|entry| entry.category == "referral")
        .unwrap();
    assert_eq!(
        (referral.told_by.as_str(), referral.outcome.as_str()),
        ("acquaintance, such as a neighbour", "")
    );
    assert_eq!(
        referral.rows[0].text(&supplied.files),
        "cin.xml!CINdetails#2"
    );
    let unborn = supplied
        .records
        .iter()
        .find(|record| record.id.local() == "C2")
        .unwrap();
    assert_eq!(unborn.expected.date_cell(), "2024-06-01");
    assert!(
        supplied
            .records
            .iter()
            .all(|record| record.identifiers.is_empty())
    );
}

#[test]
fn rows_are_not_taken_out_of_a_nested_file() {
    let folder = folder(&[("cin.xml", CENSUS)]);
    let rows = cut::Rows::from([("Child".to_owned(), [2].into())]);
    let refused = cut::cut(&folder.files[0], &rows, &Limits::default()).unwrap_err();
    assert!(refused.problem.contains("nested file"), "{refused}");
}

#[test]
fn step_and_adoptive_parents_of_a_family_tree_are_such() {
    let tree = "0 HEAD\n0 @I1@ INDI\n1 NAME Ann /Reed/\n1 NAME Annie //\n1 SEX F\n1 BIRT\n2 DATE ABT 1980\n0 @I2@ INDI\n1 NAME Bo /Reed/\n1 FAMC @F2@\n2 PEDI adopted\n0 @I3@ INDI\n1 NAME Cy /Reed/\n0 @F1@ FAM\n1 HUSB @I3@\n1 WIFE @I1@\n1 MARR\n2 DATE 3 MAY 2001\n1 CHIL @I2@\n2 _FREL Natural\n2 _MREL Step\n0 @F2@ FAM\n1 HUSB @I3@\n1 CHIL @I2@\n0 TRLR\n";
    let supplied = supplied(&[("tree.ged", tree)]);
    assert_eq!(profile(&supplied), ("gedcom", "family"));
    assert_eq!(
        related(&supplied),
        [
            "family:I1 step-mother of family:I2",
            "family:I3 married to family:I1",
            "family:I3 adoptive father of family:I2",
            "family:I3 father of family:I2",
        ]
    );
    let ann = &supplied.records[0];
    assert_eq!(
        (ann.family_name.as_str(), ann.other_names.as_slice()),
        ("Reed", &["Annie".to_owned()][..])
    );
    assert_eq!(ann.birth.precision, Precision::Approximate);
}

#[test]
fn a_contact_of_a_pupil_is_a_person_with_a_relationship() {
    let pupils = "<?xml version=\"1.0\"?><CTfile><CTFpupilData><Pupil><UPN>Z801200005001</UPN><Surname>Reed</Surname><Forename>Alma</Forename><DOB>2015-04-02</DOB><Gender>F</Gender><Address><PAON>4</PAON><Street>Mill Lane</Street><PostCode>ZZ1 1ZZ</PostCode></Address><Contacts><Contact><Surname>Reed</Surname><Forename>Nora</Forename><Relationship>PAM</Relationship></Contact></Contacts></Pupil></CTFpupilData></CTfile>";
    let supplied = supplied(&[("pupils.xml", pupils)]);
    assert_eq!(profile(&supplied), ("ctf", "school"));
    let names: Vec<&str> = supplied
        .records
        .iter()
        .map(|record| record.given_name.as_str())
        .collect();
    assert_eq!(names, ["Alma", "Nora"]);
    assert!(related(&supplied)[0].ends_with("mother of school:Z801200005001"));
    assert_eq!(supplied.records[0].address, "4 Mill Lane");
}

const BUNDLE: &str = r#"{"resourceType":"Bundle","id":"b","entry":[
{"fullUrl":"urn:uuid:p1","resource":{"resourceType":"Patient","meta":{"security":[{"code":"R"}]},"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9434765870"}],"name":[{"use":"old","family":"Vale","given":["Alma"]},{"use":"official","family":"Reed","given":["Alma"]}],"birthDate":"2015-04-02"}},
{"resource":{"resourceType":"RelatedPerson","id":"r1","patient":{"reference":"urn:uuid:p1"},"relationship":[{"coding":[{"code":"MTH"}]}],"name":[{"family":"Reed","given":["Nora"]}]}},
{"resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"Bruise"},"subject":{"reference":"urn:uuid:p1"},"effectiveDateTime":"2024-03-01T09:00:00+00:00"}},
{"resource":{"resourceType":"Observation","id":"o2","status":"entered-in-error","code":{"text":"Wrong"},"subject":{"reference":"urn:uuid:p1"}}},
{"resource":{"resourceType":"Consent","id":"c1","status":"rejected","patient":{"reference":"Patient/p1"},"dateTime":"2024-03-02"}},
{"resource":{"resourceType":"Provenance","id":"v1","recorded":"2024-03-03T10:00:00Z","target":[{"reference":"Observation/o1"}],"agent":[{"who":{"display":"Dr Hale"}}]}},
{"resource":{"resourceType":"Medication","id":"m1"}}]}"#;

#[test]
fn a_bundle_gives_people_entries_and_who_recorded_them() {
    let supplied = supplied(&[("gp/bundle.json", BUNDLE)]);
    assert_eq!(profile(&supplied), ("fhir", "gp"));
    assert_eq!(related(&supplied), ["gp:RelatedPerson-r1 mother of gp:p1"]);
    let child = supplied
        .records
        .iter()
        .find(|record| record.id.local() == "p1")
        .unwrap();
    assert_eq!(
        (
            child.family_name.as_str(),
            child.other_names.as_slice(),
            child.protected_address
        ),
        ("Reed", &["Alma Vale".to_owned()][..], true)
    );
    let seen = supplied
        .entries
        .iter()
        .find(|entry| entry.id.local() == "Observation-o1")
        .unwrap();
    assert_eq!(
        (seen.text.as_str(), seen.told_by.as_str()),
        ("Bruise", "Dr Hale")
    );
    assert_eq!(seen.persons, std::slice::from_ref(&child.id));
    let consent = supplied
        .entries
        .iter()
        .find(|entry| entry.id.local() == "Consent-c1")
        .unwrap();
    assert_eq!(consent.consent.state.text(), "refused");
    assert!(!told(&supplied).concat().contains("Wrong"));
    let lines: Vec<&str> = supplied
        .rejects
        .iter()
        .map(|line| line.file.as_str())
        .collect();
    assert_eq!(
        lines,
        ["gp/bundle.json!Observation", "gp/bundle.json!OtherRecord"]
    );
}

#[test]
fn deleted_and_dummy_patients_are_left_out_and_confidential_ones_held_back() {
    let patients = "PatientGuid,Sex,DateOfBirth,GivenName,Surname,NhsNumber,DummyType,Deleted,SpineSensitive,IsConfidential\n{1},F,02/04/2015,Alma,Reed,9434765870,false,false,true,false\n{2},M,02/04/2011,Test,Person,,true,false,false,false\n{3},M,02/04/2012,Gone,Person,,false,true,false,false\n";
    let seen = "ObservationGuid,PatientGuid,EffectiveDate,EffectiveDatePrecision,EnteredDate,CodeId,Value,Deleted,IsConfidential\n{A},{1},01/03/2024,YM,02/03/2024,123,7,false,true\n{B},{1},01/03/2024,YMD,02/03/2024,123,7,true,false\n";
    let slots = "AppointmentDate,PatientGuid,DidNotAttend,DnaReasonCodeId\n05/03/2024,{1},true,\n";
    let supplied = supplied(&[
        ("patient.csv", patients),
        ("observation.csv", seen),
        ("slot.csv", slots),
    ]);
    assert_eq!(profile(&supplied), ("emis", "gp"));
    assert_eq!(supplied.records.len(), 1);
    assert!(supplied.records[0].protected_address);
    let held: Vec<&str> = supplied
        .entries
        .iter()
        .flat_map(|entry| &entry.handling)
        .map(crate::model::phrase::Coded::text)
        .collect();
    assert_eq!(held, ["no onward sharing"; 2], "the appointment too");
    assert_eq!(
        told(&supplied),
        [
            "2024-03-01 123; value: 7",
            "2024-03-05 Was not brought, or did not come, to an appointment"
        ]
    );
    let months = supplied
        .entries
        .iter()
        .filter(|entry| entry.when.precision == Precision::Month);
    assert_eq!(months.count(), 1, "the practice knows the month alone");
    assert_eq!(supplied.rejects.len(), 3, "{:?}", supplied.rejects);
}

#[test]
fn the_tables_of_the_standard_data_set_join_by_person() {
    let people = "pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob,pers_common_child_id\nS1,Alma,Reed,F,2015-04-02,9434765870\nS2,Nora,Reed,F,1990-04-02,\n";
    let mothers =
        "moth_table_id,moth_person_id,moth_childs_person_id,moth_childs_dob\nM1,S2,S1,2015-04-02\n";
    let visits = "cpvi_cp_visit_id,cpvi_person_id,cpvi_cp_visit_date,cpvi_cp_visit_seen,cpvi_cp_visit_seen_alone\nV1,S1,2024-02-05,Y,N\n";
    let supplied = supplied(&[
        ("ssd_person.csv", people),
        ("ssd_mother.csv", mothers),
        ("ssd_cp_visits.csv", visits),
    ]);
    assert_eq!(profile(&supplied), ("ssd", "social-care"));
    assert_eq!(
        related(&supplied),
        ["social-care:S2 mother of social-care:S1"]
    );
    let visit = &supplied.entries[0];
    assert_eq!(
        (visit.child_seen.text(), visit.child_seen_alone.text()),
        ("yes", "no")
    );
}

#[test]
fn a_profile_that_is_named_is_the_only_one_that_is_tried() {
    let cases = "CPIMS Code,Long ID,Date of Identification,Primary Protection Concerns,Sex,Date of Birth,Full name of child\nC1,L1,2024-01-02,Separated,Female,2015-04-02,Alma Reed\n";
    let named =
        |profile: &str| format!("[[export]]\nfile = \"a/cases.csv\"\nprofile = \"{profile}\"\n");
    let right = supplied(&[("case.toml", &named("primero")), ("a/cases.csv", cases)]);
    assert_eq!(
        told(&right),
        ["2024-01-02 Identified; primary concerns: Separated"]
    );
    let wrong = read(
        &folder(&[("case.toml", &named("ssda903")), ("a/cases.csv", cases)]),
        &Limits::default(),
    );
    assert!(wrong.unwrap_err().to_string().contains("ssda903"));
    let plain = supplied(&[("case.toml", &named("plain")), ("a/cases.csv", cases)]);
    assert_eq!(profile(&plain).0, "plain");
}

#[test]
fn row_order_changes_nothing_but_numbers() {
    let header = "CHILD,DOB,MISSING,MIS_START,MIS_END";
    let rows = [
        "K1,01/02/2012,M,05/03/2024,06/03/2024",
        "K2,01/02/2013,A,05/03/2024,06/03/2024",
        "K1,01/02/2012,X,07/03/2024,",
    ];
    let text = |order: [usize; 3]| {
        order
            .iter()
            .fold(format!("{header}\n"), |text, at| text + rows[*at] + "\n")
    };
    let ids = |order: [usize; 3]| -> Vec<(String, Vec<String>)> {
        let read = supplied(&[("m.csv", &text(order))]);
        let entries = read.entries.iter();
        entries
            .map(|entry| {
                (
                    entry.id.to_string(),
                    entry.persons.iter().map(ToString::to_string).collect(),
                )
            })
            .collect()
    };
    assert_eq!(ids([0, 1, 2]), ids([2, 1, 0]));
}
