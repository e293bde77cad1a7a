//! The columns of the plain profile and the headers that are read as them: one table, built from what agencies write.
//!
//! A header that means different things in different files (`ID`, `Entry`) is left to [`super::layout`].

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::phrase::fold;

/// What a column belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Says which agency or individual the row is about; shared by several kinds.
    Key,
    /// Describes an individual.
    Person,
    /// Describes an entry.
    Entry,
    /// One of the other kinds of row.
    Other,
}

macro_rules! columns {
    ($($group:ident { $($variant:ident = $name:literal $(, $other:literal)*;)* })*) => {
        /// A column of the plain profile.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each variant is the column of the same name in the table below")]
        pub enum Column { $($($variant),*),* }

        impl Column {
            /// All columns, in their order.
            pub const ALL: &'static [Self] = &[$($(Self::$variant),*),*];

            /// The name in the plain profile.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name),*),* }
            }

            /// What it belongs to.
            pub fn group(self) -> Group {
                match self { $($(Self::$variant => Group::$group),*),* }
            }

            /// The other names that headers give it.
            pub fn other_names(self) -> &'static [&'static str] {
                match self { $($(Self::$variant => &[$($other),*]),*),* }
            }

            fn all_names(self) -> impl Iterator<Item = &'static str> {
                std::iter::once(self.name()).chain(self.other_names().iter().copied())
            }
        }
    };
}

columns! {
    Key {
        Agency = "agency", "agency name", "organisation", "organization", "supplier", "supplying agency", "agency id";
        RecordId = "record_id", "person id", "client id", "child id", "child unique id", "pupil id", "patient id", "nominal id",
            "nominal ref", "nominal number", "nominal no", "service user id", "case id", "client no", "client number", "client ref",
            "person ref", "person reference", "person no", "person number", "subject id", "subject ref", "tenant id", "tenant ref",
            "tenancy ref", "tenancy no", "tenancy number", "tenancy reference", "mosaic id", "lcs id", "rio id", "rio number",
            "hospital number", "hospital no", "mrn", "unit number", "local id", "local identifier", "individual id", "swift id",
            "la child id", "lachildid", "patient number", "patient no", "pupil number", "pupil no", "admission number",
            "person identifier", "student id", "student no", "student number", "learner id", "offender id", "record", "record number", "record no", "emis number", "emis no", "applicant id", "customer id";
        From = "from", "valid from";
        To = "to", "until", "valid to", "valid until";
        Id = "id", "ref", "unique id", "identifier", "row id", "ref no", "reference no", "reference number", "number", "no";
    }
    Person {
        GivenName = "given_name", "given names", "first name", "first names", "forename", "forenames", "fname", "christian name",
            "given", "first", "child forename", "child first name", "child's first name", "subject forename", "pupil forename",
            "legal forename", "patient forename", "forename(s)", "forename 1";
        MiddleNames = "middle_names", "middle name", "other forenames", "second name", "forename 2", "middle", "middle name(s)";
        FamilyName = "family_name", "surname", "last name", "lname", "family", "last", "second surname", "child surname",
            "child's surname", "child last name", "subject surname", "pupil surname", "legal surname", "patient surname";
        FullName = "full_name", "name", "person", "person name", "client name", "child name", "child's name", "name of child",
            "patient name", "pupil name", "student name", "student", "pupil", "subject name", "subject", "patient", "tenant name",
            "tenant", "full name of child", "nominal", "nominal name", "service user", "service user name", "name of person",
            "persons name", "customer name", "applicant name", "applicant", "individual", "household member", "member name";
        OtherNames = "other_names", "aka", "alias", "aliases", "also known as", "known as", "preferred name", "preferred forename",
            "preferred surname", "former name", "former names", "former surname", "previous surname", "previous name",
            "previous names", "maiden name", "nickname", "known by", "other name", "birth name";
        Title = "title", "salutation";
        DateOfBirth = "date_of_birth", "dob", "birth date", "birthdate", "born", "date birth", "birthday", "person birth date",
            "child dob", "child date of birth", "child's date of birth", "subject dob", "pupil dob", "patient dob", "d.o.b", "dobirth";
        DateOfDeath = "date_of_death", "dod", "death date", "died", "deceased date", "person death date", "date deceased";
        ExpectedDate = "expected_date", "edd", "expected date of delivery", "due date of birth", "expected dob",
            "expected date of birth", "estimated date of delivery", "estimated due date", "expected delivery date", "edc";
        Sex = "sex", "gender", "m/f", "sex at birth", "gender current", "child gender", "child sex";
        Role = "role", "roles", "person type", "relationship to child", "role in family", "involvement type", "nominal role",
            "household role", "family role", "role in incident", "person role";
        Address = "address", "home address", "current address", "full address", "address line", "address line 1", "street",
            "residence", "usual address", "property address", "address 1", "property";
        Postcode = "postcode", "post code", "zip", "zip code", "postal code", "home postcode", "pcode", "home post code";
        Uprn = "uprn", "unique property reference number", "property reference number";
        Phone = "phone", "telephone", "telephone number", "telephone no", "tel", "tel no", "phone number", "phone no", "mobile",
            "mobile number", "mobile phone", "mobile no", "home phone", "contact number", "phones", "home telephone", "tel number";
        Email = "email", "e-mail", "email address", "e-mail address", "emails", "mail";
        NhsNumber = "nhs_number", "nhs no", "nhs", "nhs num", "nhsno", "nhs id", "nhs#";
        Upn = "upn", "unique pupil number", "pupil upn", "unique pupil no";
        Uln = "uln", "unique learner number";
        PncId = "pnc_id", "pnc", "pnc number", "pnc no", "pncid", "pnc ref";
        CroNumber = "cro_number", "cro", "cro no", "cro id";
        MedicareNumber = "medicare_number", "medicare", "medicare no", "medicare card", "medicare card number";
        Nhi = "nhi", "nhi number", "nhi no", "national health index";
        OtherIds = "other_ids", "other id", "other identifiers", "identifiers", "other identifier";
        HouseholdId = "household_id", "household", "household ref", "household reference", "family id", "family identifier",
            "household no", "household number", "family ref", "fami family id";
        ProtectedAddress = "protected_address", "address protected", "confidential address", "address confidential",
            "address is protected", "sensitive address", "do not disclose address", "address withheld";
    }
    Other {
        RelatedRecordId = "related_record_id", "related person id", "related id", "related to id", "related person",
            "related to", "other person id", "other record id", "related record", "relative id", "to person id";
        Relationship = "relationship", "relation", "relationship type", "relation type", "relationship description";
        ParentalResponsibility = "parental_responsibility", "pr", "has pr", "holds pr", "has parental responsibility",
            "parental resp";
        Service = "service", "service name", "agency involved", "service involved", "provider", "team", "involved agency",
            "plan type", "plan", "service type", "involved service", "organisation involved", "services";
        Worker = "worker", "worker name", "allocated worker", "key worker", "keyworker", "lead professional", "professional",
            "caseworker", "case worker", "social worker", "named worker", "allocated to", "practitioner", "lead worker";
        Evidence = "evidence", "how known", "source of evidence", "evidence of involvement";
        LastSynchronised = "last_synchronised", "last synchronized", "last sync", "last updated", "last refreshed",
            "synchronised on", "extract date", "data as at", "last synced", "extracted on", "date of extract";
        RecordsAvailable = "records_available", "records held", "records exist", "available", "has records", "data available";
        Explanation = "explanation", "coverage note", "coverage notes", "coverage explanation";
        RequestId = "request_id", "request", "request ref", "request no", "request number", "request reference";
        AskedAgency = "asked_agency", "agency asked", "asked", "requested from", "request to", "asked of", "recipient agency",
            "sent to";
        AskedBy = "asked_by", "requested by", "requester", "requestor", "who asked";
        AskedOn = "asked_on", "date asked", "requested on", "date requested", "request date", "date of request", "asked date",
            "sent on", "date sent";
        DueOn = "due_on", "reply due", "response due", "answer due", "due by", "due", "due date", "deadline", "reply by";
        AnsweredOn = "answered_on", "date answered", "replied on", "reply date", "response date", "responded on",
            "date of reply", "date replied", "answered", "date of response", "answer date";
        Result = "result", "response", "answer", "reply", "request result", "request outcome";
        Question = "question", "information requested", "request text", "what was asked", "details of request", "query";
        Reason = "reason", "reason for refusal", "refusal reason", "reason withheld";
        ConsultationId = "consultation_id", "consult id";
        ConsultedAgency = "consulted_agency", "agency consulted", "consulted", "consulted with", "consulted organisation",
            "service consulted", "spoke to agency";
        ConsultedPerson = "consulted_person", "person consulted", "spoke to", "spoken to", "spoke with", "who was consulted";
        ConsultedBy = "consulted_by", "consultation by", "who spoke", "consulting worker", "consultation sought by";
        ConsultedOn = "consulted_on", "date consulted", "date of the consultation", "consultation on";
        Manner = "how", "how consulted", "manner", "spoken or written", "written or spoken", "consultation method", "method";
        Setting = "setting", "internal or external", "internal/external", "consultation setting";
        InformationReceived = "information_received", "what they said", "what we were told", "information from them";
        InformationGiven = "information_given", "what we said", "what we told them", "information to them", "information shared";
        BecameReferral = "became_referral", "became a referral", "referral made", "led to referral", "referred";
        FamilyAgreed = "family_agreed", "family agreed", "parents agreed", "agreed with family", "family consented to consultation";
        ConclusionId = "conclusion_id", "conclusion no", "conclusion number", "conclusion ref", "statement id",
            "finding id", "conclusion reference";
        CitedEntry = "entry", "cited entry", "cited", "entry cited", "cited fact", "fact cited", "relies on", "relied on",
            "evidence entry", "supports", "supported by", "fact", "fact id";
        Conclusion = "conclusion", "statement", "finding", "conclusion text", "finding text";
        DecidedOn = "decided_on", "date decided", "decision date", "date of decision", "concluded on", "conclusion date";
        DecidedBy = "decided_by", "decision by", "concluded by", "decision maker", "decided";
    }
    Entry {
        EntryId = "entry_id", "incident no", "incident number", "incident id", "incident ref", "incident reference", "crime ref",
            "crime reference", "crime no", "crime number", "log no", "log number", "log id", "log ref", "log reference", "event id",
            "event no", "event number", "event ref", "chronology id", "note id", "case note id", "contact id",
            "occurrence number", "occurrence no", "occurrence id", "entry no", "entry number", "entry ref", "entry reference",
            "cad no", "cad number", "cad ref", "niche ref", "concern id", "activity id", "visit id", "record entry id", "urn",
            "appointment id", "observation id", "chronology ref", "police ref", "concern ref", "concern no", "incident #", "log #",
            "attendance id", "attendance ref", "attendance no", "episode id", "session id", "call id", "encounter id", "admission id",
            "intel ref", "intelligence ref", "report id", "report no", "report number", "case note ref";
        Date = "date", "event date", "date of event", "incident date", "date of incident", "occurred on", "occurred", "date occurred",
            "contact date", "date of contact", "visit date", "date of visit", "happened on", "when", "date time", "datetime",
            "date and time", "date & time", "date/time", "effective date", "appointment date", "date of appointment", "offence date",
            "date of offence", "occurrence date", "date of occurrence", "activity date", "consultation date", "note date",
            "date of note", "date from", "event start", "start date", "from date", "date of concern", "concern date", "day",
            "event datetime", "incident datetime", "date of entry", "entry date", "date (of event)", "date of attendance",
            "attendance date", "date started", "period", "date or period", "log date", "call date", "timestamp", "date committed",
            "committed on", "offence committed", "date_from";
        EndDate = "end_date", "date to", "date until", "to date", "date ended", "event end", "finish date", "date end", "end",
            "ended on", "end of event";
        Time = "time", "event time", "time of event", "incident time", "time of incident", "contact time", "start time",
            "time of contact", "time occurred", "appointment time", "log time";
        DatePrecision = "date_precision", "precision", "effective date precision", "date accuracy", "accuracy of date";
        Text = "text", "narrative", "details", "detail", "description", "summary", "event", "note", "notes", "case note",
            "case notes", "significant event", "event description", "event details", "incident details", "incident description",
            "incident summary", "incident text", "circumstances", "mo", "modus operandi", "what happened", "event text", "entry text",
            "free text", "comments", "comment", "details of event", "details of incident", "description of event", "brief details",
            "information", "summary of event", "details of contact", "contact details notes", "consultation notes", "content",
            "event / information", "key event", "description of incident", "log text", "narrative text", "entry details", "facts", "what was seen", "what was said",
            "observation", "observations", "concern details", "details of concern", "log entry", "chronology entry", "case recording";
        RecordIds = "record_ids", "records", "person ids", "persons", "people", "persons involved", "people involved",
            "linked persons", "linked people", "linked nominals", "nominals", "linked records", "linked record ids", "subjects",
            "linked students", "persons concerned", "person(s)", "person ids involved", "about", "record id(s)", "child ids",
            "patient ids", "client ids", "pupil ids", "student ids", "nominal ids", "tenant ids", "service user ids", "subject ids",
            "customer ids", "children";
        Reference = "reference", "shared reference", "joint reference", "referral id", "referral number", "referral no", "referral ref",
            "multi agency reference", "partner reference", "external reference", "external ref", "their reference", "shared ref";
        Slot = "slot", "attribute", "about what";
        Value = "value", "slot value", "attribute value";
        Kind = "kind", "entry kind", "kind of entry", "information type", "fact or opinion", "nature of information",
            "kind of information";
        Category = "category", "entry type", "event type", "type of event", "incident type", "type of incident", "concern type",
            "type of concern", "contact type", "type of contact", "crime type", "offence type", "type of offence", "type",
            "event category", "incident category", "case note type", "note type", "consultation type", "offence", "classification",
            "log type", "activity type", "concern category", "occurrence type", "subject matter", "primary concern", "appointment type";
        Domain = "domain", "domains", "assessment domain", "wellbeing indicator", "wellbeing indicators", "shanarri", "dimension",
            "assessment framework domain";
        Significance = "significance", "significance level", "severity", "significance score", "how significant", "significance (0-3)";
        Polarity = "polarity", "impact", "strength or concern", "positive or negative", "impact (positive or negative)", "valence",
            "strength/concern";
        Channel = "channel", "source type", "information channel", "type of source", "who said", "information from";
        ToldBy = "told_by", "source", "source of information", "information source", "informant", "reported by", "reporter",
            "referrer", "referred by", "caller", "referral source", "contact source", "told us by", "source name", "disclosed by",
            "notified by", "source of info", "reportedby";
        OriginAgency = "origin_agency", "originating agency", "origin", "received from", "received from agency", "source agency",
            "original source", "first reported by agency", "originator", "origin agencies", "shared by";
        OriginEntry = "origin_entry", "original entry", "repeats", "repeat of", "origin entries", "original reference", "echo of",
            "copy of";
        Cites = "cites", "cites entry", "refers to", "see also", "cross reference", "cross ref", "citing";
        RecordedOn = "recorded_on", "recorded date", "date recorded", "recorded", "entered on", "entered date",
            "date entered", "created", "created on", "created date", "date created", "input date", "date input", "logged on",
            "date logged", "written on", "date written", "date of recording", "recorded at", "recording date", "entered";
        ReceivedOn = "received_on", "received date", "date received", "received", "shared on", "date shared", "received at",
            "date of sharing";
        Basis = "basis", "lawful basis", "legal basis", "basis for sharing", "legal gateway", "lawful basis for sharing", "ground",
            "grounds", "basis code", "sharing basis", "gateway", "legal power", "basis of sharing", "legal ground", "lawful ground";
        ConsentState = "consent_state", "consent", "consent status", "consent given", "consent obtained", "consent?", "consented",
            "consent to share", "consent recorded";
        ConsentBy = "consent_by", "consent given by", "consent from", "consented by", "consent giver", "who consented";
        ConsentOn = "consent_on", "consent date", "date of consent", "consent given on", "date consent given", "consented on",
            "date consented";
        ConsentExpiresOn = "consent_expires_on", "consent expires", "consent expiry", "consent expiry date", "consent until",
            "consent end date", "consent valid until", "expires on", "consent review date";
        ConsentWithdrawnOn = "consent_withdrawn_on", "consent withdrawn", "date consent withdrawn", "consent withdrawn date",
            "withdrawn on", "consent withdrawal date", "date withdrawn";
        ConsentScope = "consent_scope", "scope of consent", "consent covers", "consented to", "consent for", "consent agencies";
        Told = "told", "family told", "parents told", "parent told", "carers told", "parents informed of sharing", "family informed", "family aware", "informed", "parent informed", "parents informed",
            "family knows", "family told?", "parents aware", "family informed?";
        Handling = "handling", "handling code", "handling conditions", "handling instructions", "sharing conditions", "restrictions",
            "onward sharing", "protective marking", "dissemination", "handling rules", "handling restrictions";
        Purpose = "purpose", "purpose of sharing", "sharing purpose", "reason for sharing";
        Threshold = "threshold", "level of need", "threshold level", "threshold of need", "legal status";
        Action = "action", "action taken", "actions", "actions taken", "response taken", "action agreed", "agency response",
            "what was done", "agency action", "intervention";
        ActionOwner = "action_owner", "action by", "action by whom", "owner", "by whom", "action assigned to", "responsible",
            "person responsible";
        ActionDue = "action_due", "action due date", "action due on", "action by when", "by when", "timescale", "action date",
            "action deadline";
        Outcome = "outcome", "outcomes", "result of action", "disposal", "outcome of event", "outcome of contact", "incident outcome",
            "action outcome", "crime outcome", "attendance outcome";
        ChildSeen = "child_seen", "seen", "child seen?", "was the child seen", "was child seen", "was the child seen?", "child was seen";
        ChildSeenAlone = "child_seen_alone", "seen alone", "child seen alone?", "was the child seen alone", "was the child seen alone?",
            "was child seen alone";
        ChildView = "child_view", "pupil voice", "student voice", "pupil view", "student view", "childs voice", "voice", "child's view", "child's views", "views of child", "voice of the child", "voice of child",
            "child's voice", "child view", "child voice", "wishes and feelings", "childs wishes and feelings", "views of the child";
        FamilyView = "family_view", "family's view", "parent's view", "parents' view", "parents views", "family views", "family response",
            "parent response", "parents' views", "carer's view", "parental view", "parental response";
        Grade = "grade", "3x5x2", "intelligence grade", "intel grade", "grading", "5x5x5", "evaluation", "intelligence grading";
        Document = "document", "document name", "source document", "document ref", "document title", "file", "file name", "doc",
            "document reference", "source file", "attachment";
    }
}

/// Folds a header for comparison: like any phrase, and without the signs that headers carry.
pub fn fold_header(header: &str) -> String {
    let mut folded = fold(header);
    folded.retain(|c| !matches!(c, '/' | '(' | ')' | '#' | ':' | '?' | '*' | '"' | '&' | ','));
    folded
}

/// Reads a header: the column it means, and how exactly (0: its own name, else its place among the other names).
pub fn read_header(header: &str) -> Option<(Column, usize)> {
    static KNOWN: OnceLock<HashMap<String, (Column, usize)>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut known = HashMap::new();
        for column in Column::ALL {
            let names = column.all_names().map(fold_header).enumerate();
            for (rank, name) in names {
                known.entry(name).or_insert((*column, rank));
            }
        }
        known
    });
    known.get(&fold_header(header)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_headers_are_read() {
        for (header, column) in [
            ("\u{feff}Record ID", Column::RecordId),
            ("D.O.B.", Column::DateOfBirth),
            ("Date of Birth", Column::DateOfBirth),
            ("NHS No.", Column::NhsNumber),
            ("Post-Code", Column::Postcode),
            ("Incident No", Column::EntryId),
            ("Crime Ref:", Column::EntryId),
            ("Forename(s)", Column::GivenName),
            ("SURNAME", Column::FamilyName),
            ("Date / Time", Column::Date),
            ("Child's view", Column::ChildView),
            ("date_from", Column::Date),
        ] {
            assert_eq!(
                read_header(header).map(|(c, _)| c),
                Some(column),
                "{header}"
            );
        }
        assert_eq!(read_header("Officer's collar number"), None);
    }

    #[test]
    fn no_header_means_two_columns() {
        let mut seen: HashMap<String, Column> = HashMap::new();
        for column in Column::ALL {
            for name in column.all_names() {
                let other = *seen.entry(fold_header(name)).or_insert(*column);
                assert_eq!(other, *column, "`{name}`");
            }
        }
    }
}
