//! The questions for each agency before a meeting: those flags that a request could clear, as something that can be sent.
//!
//! A question names the people asked about and days, and never what another agency told: the letter leaves the house. Whom
//! an agency does not know of by its own word is named only where it is asked what it holds; by which name others know
//! somebody is never in it.

use std::collections::{BTreeMap, BTreeSet};

use super::Flag;
use super::addressee::Known;
use super::sentence::{capital, spoken, spoken_day};
use crate::model::date::Day;
use crate::model::fact::Timeline;
use crate::model::id::AgencyId;
use crate::model::person::People;
use crate::model::phrase::Phrase;
use crate::model::supply::Supplied;
use crate::model::words::{AgencyKind, RequestResult};

/// What is asked of one agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    /// The agency's id; its kind where no agency of it is known.
    pub agency: String,
    /// Its name to show.
    pub name: String,
    /// The questions, the most important first.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked, ready to send.
    pub text: String,
    /// Indexes of the persons it is about; none where it is about the agency's own entries.
    pub persons: Vec<usize>,
    /// The ids of the flags that the answer could clear.
    pub flags: Vec<String>,
    /// The agency's own entries that it is about, `agency:entry_id`.
    pub entries: Vec<String>,
}

/// What can be asked, in the order of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ask {
    Hold,
    Newer,
    Reply,
    Child,
    Pass,
    Know,
    Differ,
    Basis,
    Outcome,
    Identity,
}

impl Ask {
    /// Whether it is about what the agency said itself: then it names nobody whom the agency did not name.
    fn is_about_own_word(self) -> bool {
        !matches!(self, Self::Hold | Self::Newer | Self::Reply | Self::Child)
    }

    /// What would clear a flag of a code by asking; `None` where no agency could.
    fn of(code: &str) -> Option<Self> {
        Some(match code {
            "involved-but-silent" | "not-asked" | "low-contribution" => Self::Hold,
            "stale-source" | "broken-pattern" => Self::Newer,
            "asked-no-reply" => Self::Reply,
            "child-voice-missing" | "child-not-seen" => Self::Child,
            "held-not-shared" => Self::Pass,
            "circular-reporting" | "opinion-as-fact" => Self::Know,
            "agencies-disagree" | "disagreement-unresolved" => Self::Differ,
            "basis-missing" | "refused-consent-used" => Self::Basis,
            "action-no-outcome" => Self::Outcome,
            "identity-doubt" => Self::Identity,
            _ => return None,
        })
    }

    /// The question about these people (or entries), since a day. `several` says whether there are several people.
    fn text(self, (whom, several): (&str, bool), entries: &str, since: &str) -> String {
        match self {
            Self::Hold => format!(
                "What do you hold about {whom}{since}? If nothing, please say so: that helps as well."
            ),
            Self::Newer => format!("Is there anything about {whom}{since}? If not, please say so."),
            Self::Reply => {
                format!("Our question about {whom} is still open. What would help you to answer?")
            }
            Self::Child if several => format!(
                "When did you last see or speak with {whom}, was each of them seen alone, and what did they say?"
            ),
            Self::Child => format!(
                "When did you last see or speak with {whom}, was the child alone, and what did the child say?"
            ),
            Self::Pass => format!(
                "May what you recorded about {whom} ({entries}) be used at the meeting, and on what ground?"
            ),
            Self::Know => format!(
                "Do you know what you recorded about {whom} ({entries}) at first hand, or from whom did you hear it, and when?"
            ),
            Self::Differ => format!(
                "How do you know what you recorded about where and how {whom} {} (address, school, who belongs to the household), and as of when?",
                if several { "live" } else { "lives" }
            ),
            Self::Basis => {
                format!("On what legal basis did you share {entries}, and was the family told?")
            }
            Self::Outcome => format!("What came of the action that you recorded ({entries})?"),
            Self::Identity => format!(
                "Which details do you hold that tell whom your record of {whom} describes (date of birth, identifiers, address)?"
            ),
        }
    }
}

/// What is gathered for one agency and one kind of question.
#[derive(Default)]
struct Gathered {
    persons: BTreeSet<usize>,
    flags: Vec<String>,
    entries: BTreeSet<String>,
    since: Option<Day>,
}

/// Makes the questions of the own agency for each other one from the flags, by agency. An explained flag asks nothing more.
pub fn questions<'a>(
    (supplied, people, timeline): (&Supplied, &People, &Timeline),
    flags: impl IntoIterator<Item = &'a Flag>,
    own: Option<&AgencyId>,
) -> Vec<Questions> {
    let known = Known::of(supplied, people, own);
    let mut gathered: BTreeMap<String, BTreeMap<Ask, Gathered>> = BTreeMap::new();
    let flags = flags.into_iter();
    let open = flags.filter(|flag| flag.explained_by.is_empty());
    for (flag, ask) in open.filter_map(|flag| Some((flag, Ask::of(flag.code)?))) {
        for agency in asked(timeline, flag, ask) {
            // the own agency asks itself nothing by letter, and nobody writes to the neighbours
            let to_nobody =
                own.is_some_and(|own| own.as_str() == agency) || is_family(supplied, &agency);
            // an answer that came late is there
            if to_nobody || (ask == Ask::Reply && !is_waiting(supplied, &agency)) {
                continue;
            }
            let asks = gathered.entry(agency.clone()).or_default();
            let of = asks.entry(ask).or_default();
            let known = |person: &usize| known.is_known(&agency, *person);
            let persons = flag.persons.iter().copied();
            of.persons
                .extend(persons.filter(|person| !ask.is_about_own_word() || known(person)));
            of.flags.push(flag.id.clone());
            let own = own_entries(supplied, timeline, flag, &agency);
            of.since = of.since.max(own.iter().filter_map(|(_, day)| *day).max());
            of.entries.extend(own.into_iter().map(|(id, _)| id));
        }
    }
    let made = gathered.into_iter().map(|(agency, asks)| Questions {
        name: name(supplied, &agency),
        questions: asks
            .into_iter()
            .filter_map(|(ask, of)| question(&known, &agency, ask, of))
            .collect(),
        agency,
    });
    made.filter(|agency| !agency.questions.is_empty()).collect()
}

/// Whom a flag makes one ask: the agencies that it names; about a child whom nobody heard or saw, those that tell of the
/// child; of a thing repeated, those that tell it.
fn asked(timeline: &Timeline, flag: &Flag, ask: Ask) -> BTreeSet<String> {
    let facts = || timeline.facts.iter().enumerate();
    let mut agencies: BTreeSet<String> = match ask {
        Ask::Child => facts()
            .filter(|(_, fact)| {
                fact.persons
                    .iter()
                    .any(|person| flag.persons.contains(person))
            })
            .flat_map(|(_, fact)| &fact.agencies)
            .map(|id| id.as_str().to_owned())
            .collect(),
        Ask::Know => flag
            .facts
            .iter()
            .filter_map(|at| timeline.facts.get(*at))
            .flat_map(|fact| &fact.agencies)
            .map(|id| id.as_str().to_owned())
            .collect(),
        _ => flag.agencies.iter().cloned().collect(),
    };
    agencies.remove("unknown");
    agencies
}

fn is_family(supplied: &Supplied, agency: &str) -> bool {
    let mut agencies = supplied.agencies.iter();
    let kind = agencies
        .find(|known| known.id.as_str() == agency)
        .map_or_else(|| AgencyKind::read(agency), |known| Some(known.kind));
    kind == Some(AgencyKind::Family)
}

/// Whether a request to an agency, or to the only kind it is known by, is still without an answer.
fn is_waiting(supplied: &Supplied, agency: &str) -> bool {
    supplied.requests.iter().any(|request| {
        let kind = supplied.agency(&request.asked).map(|known| known.kind);
        let named = request.asked.as_str() == agency || kind.is_some_and(|k| k.phrase() == agency);
        let none = matches!(request.result.known(), None | Some(RequestResult::NoReply));
        named && none && !request.answered_on.is_known()
    })
}

/// The agency's own entries among the facts of a flag, and their days.
fn own_entries(
    supplied: &Supplied,
    timeline: &Timeline,
    flag: &Flag,
    agency: &str,
) -> Vec<(String, Option<Day>)> {
    let facts = flag.facts.iter().filter_map(|at| timeline.facts.get(*at));
    let entries = facts.flat_map(|fact| &fact.entries);
    let entries = entries.filter_map(|at| supplied.entries.get(*at));
    let own = entries.filter(|entry| entry.agency().as_str() == agency);
    own.map(|entry| (entry.id.as_str().to_owned(), entry.when.end()))
        .collect()
}

fn question(known: &Known<'_>, agency: &str, ask: Ask, of: Gathered) -> Option<Question> {
    const MOST: usize = 12;
    let names: BTreeSet<String> = of
        .persons
        .iter()
        .filter_map(|at| known.name(agency, *at))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    // how somebody lives whom the agency never named cannot be asked without naming them
    if names.is_empty() && matches!(ask, Ask::Differ | Ask::Identity) {
        return None;
    }
    let needs_entries = matches!(ask, Ask::Pass | Ask::Know | Ask::Basis | Ask::Outcome);
    if needs_entries && of.entries.is_empty() {
        return None;
    }
    let whom = if names.is_empty() {
        "this family".to_owned()
    } else {
        spoken(&names)
    };
    let ids: Vec<&str> = of.entries.iter().map(String::as_str).collect();
    let entries = match ids.get(..MOST) {
        Some(first) if ids.len() > MOST => {
            format!("{} and {} more", first.join(", "), ids.len() - MOST)
        }
        _ => spoken(&ids),
    };
    let since = match (ask, of.since) {
        (Ask::Newer, Some(day)) => format!(" since {}", spoken_day(day)),
        _ => String::new(),
    };
    Some(Question {
        text: ask.text((&whom, names.len() != 1), &entries, &since),
        persons: of.persons.into_iter().collect(),
        flags: of.flags,
        entries: of.entries.into_iter().collect(),
    })
}

/// The name of an agency to write to; of a kind of which no agency is known, the kind.
fn name(supplied: &Supplied, agency: &str) -> String {
    let mut agencies = supplied.agencies.iter();
    let known = agencies.find(|known| known.id.as_str() == agency);
    let of_kind = || {
        let kind = AgencyKind::read(agency)?;
        let mut same = supplied.agencies.iter().filter(|known| known.kind == kind);
        let first = same.next()?;
        // two agencies of one kind are not guessed between
        same.next().is_none().then_some(first)
    };
    known
        .or_else(of_kind)
        .map_or_else(|| capital(&agency.replace('-', " ")), |a| a.name.clone())
}

impl Questions {
    /// The letter as it is sent: to whom, from whom, as of which day, then each question on a line with its number.
    pub fn letter(&self, from: &str, as_of: Day) -> String {
        let numbered = self.questions.iter().enumerate();
        let lines = numbered.map(|(at, question)| format!("{}. {}\n", at + 1, question.text));
        let sender = if from.is_empty() {
            String::new()
        } else {
            format!("From: {from}\n")
        };
        let day = if as_of == Day::default() {
            String::new()
        } else {
            format!("As of: {}\n", spoken_day(as_of))
        };
        format!(
            "To: {}\n{sender}{day}\nBefore we meet about a family, please answer these questions:\n\n{}\n{}\n",
            self.name,
            lines.collect::<String>(),
            "Please say with each answer on what legal basis you share it, and whether the family has been told."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::basis::NOT_RECORDED;
    use crate::model::decision::{Decision, Verdict};
    use crate::model::words::Role;
    use crate::reliance::fixture::Scene;

    fn scene() -> Scene {
        let mut scene = Scene::new(&["social-care", "police"]);
        let child = scene.person("social-care:1", "Ada Example", "2016-05-01");
        scene.people.persons[child].roles = vec![Role::Child];
        scene.agency("probation", false);
        scene.involvement("probation", child, "2025-06-01");
        for agency in ["social-care", "police"] {
            let fact = scene.fact(&[agency], false);
            scene.about(fact, child);
            scene.entry(fact).basis = vec![NOT_RECORDED.into()];
        }
        scene
    }

    fn asked(scene: &Scene) -> Vec<Questions> {
        let own = scene.settings.own_agency.as_ref();
        let of = (&scene.supplied, &scene.people, &scene.timeline);
        questions(of, &scene.raise().flags, own)
    }

    #[test]
    fn each_agency_is_asked_what_could_clear_its_flags() {
        let asked = asked(&scene());
        let day = "2026-03-01".parse().unwrap();
        let letters: Vec<String> = asked
            .iter()
            .map(|agency| agency.letter("Social care", day))
            .collect();
        assert!(
            letters[1].starts_with(
                "To: Probation\nFrom: Social care\nAs of: 1 March 2026\n\nBefore we meet about a family, please answer these questions:\n\n1. What do you hold about Ada Example? If nothing, please say so: that helps as well.\n\n"
            ),
            "{letters:#?}"
        );
        assert!(
            letters[0].contains("\n\n1. On what legal basis did you share police:e000001, and was the family told?\n\n"),
            "{letters:#?}"
        );
        assert!(
            asked.iter().all(|agency| agency.agency != "social-care"),
            "the own agency"
        );
    }

    #[test]
    fn an_explained_flag_asks_nothing_more() {
        let mut scene = scene();
        let flag = scene.flags("involved-but-silent").remove(0);
        let verdict = Verdict::FlagExplained {
            flag_id: flag.id,
            reason: "it has no file".into(),
        };
        scene.decisions = vec![Decision::plain(1, verdict, "A. Analyst")];
        assert!(
            asked(&scene)
                .iter()
                .all(|agency| agency.agency != "probation")
        );
    }
}
