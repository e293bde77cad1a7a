//! The closed lists of the field: kinds of entry, channels, consent states, handling and the rest, with their words.
//!
//! What is printed is the phrase of the project's glossary; the codes of the field are read as well.

use serde::{Deserialize, Serialize};

use super::phrase::Phrase;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $phrase:literal $(, $other:literal)*;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl Phrase for $name {
            const PHRASES: &'static [(Self, &'static str, &'static [&'static str])] =
                &[$((Self::$variant, $phrase, &[$($other),*])),*];
        }
    };
}

impl Role {
    /// The roles that the list of an agency has for a family.
    pub const OF_A_FAMILY: [Self; 7] = [
        Self::Child,
        Self::Mother,
        Self::Father,
        Self::Parent,
        Self::Carer,
        Self::Sibling,
        Self::Partner,
    ];
}

words! {
    /// What an entry tells. None of these means "true".
    Kind {
        /// Somebody saw or measured it.
        Observation = "observation", "observed", "fact";
        /// Somebody says that it happened.
        Allegation = "allegation", "alleged", "disclosure";
        /// A judgement.
        Opinion = "opinion", "view", "assessment of worker";
        /// Something decided.
        Decision = "decision", "outcome decision";
        /// Something done.
        Action = "action";
        /// Contact with the family.
        Contact = "contact", "visit", "appointment attended";
        /// Contact that was meant to be and was not.
        MissedContact = "missed contact", "no contact", "no access", "missed", "was not brought", "dna", "did not attend";
    }
}

words! {
    /// Who the information comes from.
    Channel {
        /// The child's own words.
        Child = "the child's own words", "child", "child's words", "own words", "childs words", "voice of child";
        /// A parent or carer's account.
        Parent = "a parent or carer's account", "parent", "carer", "parent or carer", "parent's account", "mother", "father";
        /// Direct observation.
        Observation = "direct observation", "observation", "observed", "direct", "professional observation";
        /// Another person.
        OtherPerson = "another person", "other person", "other", "relative", "neighbour", "member of the public", "anonymous", "family member", "third party";
        /// A professional's opinion.
        ProfessionalOpinion = "a professional's opinion", "professional opinion", "professional's opinion", "professional", "opinion";
    }
}

words! {
    /// Whether consent was given, and whether it still stands.
    ConsentState {
        /// Given.
        Given = "given", "yes", "y", "consent given", "consented", "granted", "cg";
        /// Asked and refused.
        Refused = "refused", "declined", "consent refused", "c-ref", "rejected";
        /// Given, then taken back.
        Withdrawn = "withdrawn", "revoked", "c-wdn", "consent withdrawn";
        /// Given for a time that is over.
        Expired = "expired", "lapsed", "c-xpd";
        /// Nobody asked.
        NotAsked = "not asked", "not sought", "c-nas";
        /// Asked, no answer yet.
        Pending = "asked, no answer yet", "pending", "awaiting", "asked", "c-pen", "asked awaiting";
        /// Not needed for this basis.
        NotRequired = "not required", "not needed", "c-nrq", "na", "n/a", "not applicable";
        /// Not known.
        Unknown = "unknown", "not known", "not recorded", "unrecorded", "c-unk", "u-nr";
    }
}

words! {
    /// Whether the family knows that this was shared.
    Told {
        /// They know.
        Yes = "yes", "y", "told", "true", "informed", "1";
        /// They do not, since telling would not be safe.
        Unsafe = "no because unsafe", "no unsafe", "unsafe", "no, because unsafe", "no, unsafe";
        /// They do not yet.
        NotYet = "no not yet", "not yet", "no, not yet";
        /// Nobody recorded why not.
        Unrecorded = "no unrecorded", "unrecorded", "no, unrecorded", "not recorded", "no", "n", "false", "0";
        /// There is nobody to tell, or nothing to tell.
        NotApplicable = "not applicable", "na", "n/a";
    }
}

words! {
    /// What the receiver may do with a fact.
    Handling {
        /// Open to partners.
        OpenPartners = "open to partners", "open-partners", "open", "partners", "partners only";
        /// For those who need to know.
        NeedToKnow = "need to know";
        /// Ask the agency that supplied it first.
        AskOriginator = "ask the originator", "originator", "ask originator", "originator controlled";
        /// The named recipients only.
        NamedOnly = "named recipients only", "named only", "named recipients";
        /// Not to be passed on.
        NoOnward = "no onward sharing", "no onward", "not for onward sharing";
        /// Not to the family.
        NotToFamily = "not to the family", "not to family", "do not disclose to family";
        /// Not to the person who may have done harm.
        NotToPerpetrator = "not to the alleged perpetrator", "not to perpetrator", "not to the perpetrator";
        /// Not to be used to investigate a crime.
        NotForCrime = "not for crime use", "not for crime";
    }
}

words! {
    /// How far the concern had come when something was shared; also the purposes that a view can be asked for.
    Threshold {
        /// Services for every child.
        Universal = "universal";
        /// Help before statutory work.
        EarlyHelp = "early help", "early-help", "eh";
        /// A child in need.
        S17 = "s17", "section 17", "child in need", "cin";
        /// A child protection enquiry.
        S47 = "s47", "section 47", "child protection", "cp", "strategy discussion";
        /// A child protection conference.
        Conference = "conference", "child protection conference", "icpc";
        /// Court proceedings.
        Court = "court", "court proceedings";
        /// Investigating or preventing crime.
        Crime = "crime", "criminal investigation";
    }
}

words! {
    /// Whether a fact speaks of a strength or a concern.
    Polarity {
        /// Something that helps.
        Strength = "strength", "positive", "protective", "+";
        /// Something that worries.
        Concern = "concern", "negative", "worry", "risk", "minus";
        /// Neither.
        Neutral = "neutral", "none", "0";
    }
}

words! {
    /// The part that an individual has in the family or the case.
    Role {
        /// A child.
        Child = "child", "index child", "subject child", "son", "daughter", "pupil", "baby", "unborn child", "infant", "subject";
        /// The mother.
        Mother = "mother", "mum", "birth mother";
        /// The father.
        Father = "father", "dad", "birth father";
        /// A parent.
        Parent = "parent", "step-parent", "stepfather", "stepmother", "guardian";
        /// A carer who is no parent.
        Carer = "carer", "foster carer", "grandparent", "grandmother", "grandfather", "kinship carer";
        /// A brother or sister.
        Sibling = "sibling", "brother", "sister", "half-sibling";
        /// A partner of a parent.
        Partner = "partner", "mother's partner", "father's partner", "ex-partner", "boyfriend", "girlfriend", "husband", "wife";
        /// Another adult.
        Adult = "adult", "other adult", "tenant", "relative", "household member", "aunt", "uncle", "neighbour";
        /// Somebody who works with the family.
        Professional = "professional", "worker", "social worker";
        /// Somebody who told an agency; never named to the family.
        Reporter = "reporter", "referrer", "informant", "caller";
    }
}

words! {
    /// Sex as recorded.
    Sex {
        /// Female.
        Female = "female", "f", "girl", "woman", "2", "b) female";
        /// Male.
        Male = "male", "m", "boy", "man", "1", "a) male";
        /// Recorded as neither.
        Other = "other", "x", "indeterminate", "non-binary", "9", "unborn";
    }
}

words! {
    /// How a request ended.
    RequestResult {
        /// Information came.
        Supplied = "supplied", "answered", "provided", "yes";
        /// The agency holds nothing.
        NoneHeld = "none held", "no records", "nil return", "nothing held", "no trace";
        /// The agency holds something and keeps it, with a reason.
        Withheld = "withheld", "refused", "declined";
        /// No answer came.
        NoReply = "no reply", "none", "unanswered", "no response", "awaiting";
    }
}

words! {
    /// How people consulted each other.
    Manner {
        /// By voice.
        Spoken = "spoken", "verbal", "oral", "by phone", "phone", "telephone", "in person", "face to face", "meeting", "call", "video call";
        /// In writing.
        Written = "written", "in writing", "email", "e-mail", "letter", "message", "form";
    }
}

words! {
    /// Whether a consultation stayed within the agency.
    Setting {
        /// Within the agency.
        Internal = "internal", "within the agency", "in house";
        /// With somebody outside it.
        External = "external", "outside the agency", "with another agency";
    }
}

words! {
    /// Yes or no, where a blank is unknown.
    YesNo {
        /// Yes.
        Yes = "yes", "y", "true", "1", "t";
        /// No.
        No = "no", "n", "false", "0", "f";
    }
}

words! {
    /// What kind of organisation an agency is.
    AgencyKind {
        /// Local authority children's social care, or a state's child protection department.
        SocialCare = "social-care", "childrens social care", "csc", "child protection", "children and families", "cms", "communities and justice", "dcj", "childrens services";
        /// Police.
        Police = "police", "constabulary", "law enforcement";
        /// General practice.
        Gp = "gp", "general practice", "doctor", "surgery", "medical centre", "primary care";
        /// Health visiting, or child and family health nursing.
        HealthVisiting = "health-visiting", "hv", "health visitor", "child and family health", "child health";
        /// Midwifery.
        Midwifery = "midwifery", "midwife", "maternity";
        /// A hospital.
        Hospital = "hospital", "acute", "emergency department", "ed", "a&e";
        /// School nursing.
        SchoolNursing = "school-nursing", "school nurse";
        /// Adult mental health.
        MentalHealth = "mental-health", "adult mental health", "cmht";
        /// Child and adolescent mental health.
        ChildMentalHealth = "child-mental-health", "camhs";
        /// Ambulance.
        Ambulance = "ambulance";
        /// A school.
        School = "school", "primary school", "secondary school", "academy", "college", "education";
        /// Nursery, playgroup, childminder.
        EarlyYears = "early-years", "nursery", "preschool", "childminder", "playgroup";
        /// Education welfare.
        EducationWelfare = "education-welfare", "attendance", "ews";
        /// Early help.
        EarlyHelp = "early-help", "family hub", "family support";
        /// Housing.
        Housing = "housing", "housing association", "landlord", "homes", "homelessness";
        /// Probation or community corrections.
        Probation = "probation", "community corrections";
        /// Youth justice.
        YouthJustice = "youth-justice", "yot", "yjs";
        /// Prison.
        Prison = "prison", "corrections";
        /// Domestic abuse services.
        DomesticAbuse = "domestic-abuse", "idva", "refuge", "womens aid", "domestic violence", "dv service";
        /// Drug and alcohol services.
        SubstanceUse = "substance-use", "substance misuse", "drug and alcohol", "drugs and alcohol", "aod";
        /// Adult social care.
        AdultSocialCare = "adult-social-care", "asc", "adult services";
        /// Fire and rescue.
        Fire = "fire", "fire and rescue";
        /// A charity or community group.
        Voluntary = "voluntary", "charity", "community", "voluntary sector";
        /// Relatives and neighbours, in their own voice.
        Family = "family", "relatives", "family and friends";
        /// A court.
        Court = "court", "cafcass", "childrens court";
        /// None of these.
        Other = "other";
    }
}
