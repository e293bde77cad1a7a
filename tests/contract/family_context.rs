//! The Family Context files, all the way to a timeline.

use crate::built::build;

const FILES: [(&str, &str); 7] = [
    (
        "familycontext_person.csv",
        "id, firstName, lastName, dateOfBirth, gender, address\nx:1,Alma,Reed,06/10/2000,female,\nx:2,Tom,Vale,07/10/2000,male,4 Mill Lane\n",
    ),
    (
        "familycontext_adult_social_care.csv",
        "personId,serviceInvolvement,localAuthorityOrganisation,contactName,contactPhone,contactEmail, startDateOfLastInvolvement, dateOfMostRecentInteraction\n\
         x:2,current,Area Office,A Worker,0,a@example.org,2019-04-15,2019-05-20\n",
    ),
    (
        "familycontext_housing.csv",
        "personId,serviceInvolvement,housingAssociation,contactName,contactPhone,contactEmail,contactRole,tenancyStart,antiSocialBehaviour,rentArrears,noticeSeekingPossession,eviction\n\
         x:2,current,Homes,B,0,b@example.org,Officer,03/02/2016,closed,open,,\n",
    ),
    (
        "familycontext_police.csv",
        "personId, policeArea, contactName, contactPhone\nx:2, Area A, Hub,0\n",
    ),
    (
        "familycontext_police_offence.csv",
        "personId, dateOfOffence, typeOfOffence, natureOfInvolvement\nx:2,2015-10-01,Theft,Offender\nx:2,2016-10-02,Theft,Victim\n",
    ),
    (
        "familycontext_school.csv",
        "personId,serviceInvolvement,schoolName,admissionType,contactName,contactPhone\nx:1,current,Hill School,Main,C,0\n",
    ),
    (
        "familycontext_datasources.csv",
        "Id, DataSource, Title, Schema Ref, Schema Data, Last Synchronised, Coverage Start Date, Coverage End Date\n\
         Housing, Homes, Housing,s, ,2020-01-06T10:00,2000-01-01,2020-01-06\n",
    ),
];

#[test]
fn offences_are_dated_entries_of_the_police_and_tenancies_of_housing() {
    let built = build(&FILES);
    assert_eq!(
        built.facts(["date", "persons", "agency", "text"]),
        [
            ["2015-10-01", "Tom Vale", "police", "Theft (Offender)"],
            ["2016-02-03", "Tom Vale", "housing", "Tenancy start"],
            ["2016-10-02", "Tom Vale", "police", "Theft (Victim)"],
            [
                "2019-05-20",
                "Tom Vale",
                "adult-social-care",
                "Most recent interaction"
            ],
            ["", "Tom Vale", "housing", "Anti-social behaviour: closed"],
            ["", "Tom Vale", "housing", "Rent arrears: open"],
        ]
        .map(|fact| fact.map(str::to_owned))
        .to_vec()
    );
    let people = built.table("people");
    let mut names: Vec<&str> = people.iter().map(|row| row["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Alma Reed", "Tom Vale"]);
    assert_eq!(
        people
            .iter()
            .find(|row| row["name"] == "Alma Reed")
            .unwrap()["date_of_birth"],
        "2000-10-06"
    );
    let summary = built.summary();
    // the latest date is the one on which the sources were last synchronised
    assert_eq!(summary["as_of"], "2020-01-06");
    assert!(
        summary["files"]
            .as_array()
            .unwrap()
            .iter()
            .all(|file| file["profile"] == "family-context")
    );
    assert!(built.counts().iter().all(|(_, rows, used, _)| rows == used));
}
