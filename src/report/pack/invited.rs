//! Who is invited because they know the family, who sent a report and who neither.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Grid, Section};
use super::words::{join, or_dash, sentence, when};
use super::{Meeting, Pack};
use crate::model::agency::Agency;
use crate::model::phrase::Phrase;
use crate::model::supply::Request;
use crate::model::words::{AgencyKind, RequestResult};

/// Kinds of agency that make "health" at a strategy discussion.
const HEALTH: [AgencyKind; 7] = [
    AgencyKind::Gp,
    AgencyKind::HealthVisiting,
    AgencyKind::Midwifery,
    AgencyKind::Hospital,
    AgencyKind::SchoolNursing,
    AgencyKind::MentalHealth,
    AgencyKind::ChildMentalHealth,
];

/// The column that says what was asked of an agency.
const ASKED: &str = "Asked and answered";

/// Who is invited.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("invited", "Who is invited, and what they sent");
    section.say("Everybody here knows somebody of the family. Whoever cannot come sends a written report and somebody who can speak for the agency.");
    let supplied = &pack.view.picture.supplied;
    let mut table = Grid::new(
        "invited",
        "Attendance is filled in at the meeting.",
        &[
            "Agency",
            "Knows the family because",
            "What came",
            ASKED,
            "At the meeting",
        ],
    );
    if !pack.is_for_own() {
        // what was asked of others is between them and the agency that asked
        table.columns.retain(|column| *column != ASKED);
    }
    let involved = involved(pack);
    let known = pack.known_agencies();
    let agencies = supplied.agencies.iter();
    for agency in
        agencies.filter(|agency| known.contains(&agency.id) && agency.kind != AgencyKind::Family)
    {
        let asked: Vec<&Request> = supplied
            .requests
            .iter()
            .filter(|request| request.asked == agency.id)
            .collect();
        let because = because(agency, involved.get(agency.id.as_str()), !asked.is_empty());
        if because.is_empty() {
            continue;
        }
        table.rows.push(row(pack, agency, &asked, &because));
    }
    section.table(table);
    if !pack.is_for_own() {
        section.say("Others may be invited too. Whoever chairs the meeting has the whole list.");
    }
    if pack.request.meeting == Meeting::StrategyDiscussion {
        let missing = missing(pack);
        if !missing.is_empty() {
            section.say(format!("A strategy discussion needs at least social care, the police and health. No agency of this case is {}.", join(&missing)));
        }
    }
    section
}

fn row(pack: &Pack<'_>, agency: &Agency, asked: &[&Request], because: &[String]) -> Vec<String> {
    let told = asked.iter();
    let told = told.filter(|request| pack.is_for_own() || pack.is_party(request));
    let answers: Vec<String> = told.map(|request| answer(request)).collect();
    let own = pack.view.picture.settings.own_agency.as_ref();
    let is_own = own == Some(&agency.id);
    let came = if is_own {
        "its own records"
    } else {
        came(agency, asked)
    };
    let mut row = vec![
        agency.name.clone(),
        sentence(&because.join("; ")),
        came.to_owned(),
        "\u{2610} here \u{2610} report \u{2610} neither".to_owned(),
    ];
    if pack.is_for_own() {
        let answers = match (is_own, answers.is_empty()) {
            (true, _) => "prepared this pack".to_owned(),
            (_, true) => "never asked".to_owned(),
            _ => answers.join("\n"),
        };
        row.insert(3, answers);
    } else if let Some(because) = row.get_mut(1).filter(|_| !answers.is_empty()) {
        *because = format!("{because}\n{}", sentence(&answers.join("\n")));
    }
    row
}

/// Who is known to be involved, or was asked, and sent nothing: lines for the first page.
pub fn silent(pack: &Pack<'_>) -> Vec<String> {
    let supplied = &pack.view.picture.supplied;
    let (involved, known) = (involved(pack), pack.known_agencies());
    let silent = supplied.agencies.iter().filter(|agency| {
        let is_involved = involved.contains_key(agency.id.as_str());
        let is_asked = || {
            let mut asked = supplied.requests.iter();
            asked.any(|request| request.asked == agency.id)
        };
        // one that holds nothing has said so
        let has_nothing = || {
            let mut asked = supplied.requests.iter();
            asked.any(|one| one.asked == agency.id && one.result.is(RequestResult::NoneHeld))
        };
        known.contains(&agency.id)
            && !agency.supplied
            && !has_nothing()
            && agency.kind != AgencyKind::Family
            && (is_involved || is_asked())
    });
    // whoever reads this is asked to bring it
    let (readers, silent): (Vec<&Agency>, Vec<&Agency>) =
        silent.partition(|agency| pack.view.is_recipient(&agency.id));
    let readers: Vec<&str> = readers.iter().map(|agency| agency.name.as_str()).collect();
    let mut said = Vec::new();
    if !readers.is_empty() {
        said.push(format!(
            "No records came from {}. Please bring what you hold, or say that you hold nothing.",
            join(&readers)
        ));
    }
    let silent: Vec<&str> = silent.iter().map(|agency| agency.name.as_str()).collect();
    let their = if silent.len() == 1 {
        "it knows"
    } else {
        "they know"
    };
    if !silent.is_empty() {
        said.push(format!(
            "No records came from {}. This picture is silent about what {their}.",
            join(&silent)
        ));
    }
    said
}

/// For each agency the services by which others know it to be involved.
fn involved<'a>(pack: &Pack<'a>) -> BTreeMap<String, BTreeSet<&'a str>> {
    let mut involved: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let known = pack.known_agencies();
    let involvements = pack.view.picture.supplied.involvements.iter();
    for one in involvements.filter(|one| known.contains(&one.agency)) {
        if let Some(agency) = one
            .involved
            .as_ref()
            .filter(|agency| **agency != one.agency)
        {
            involved
                .entry(agency.to_string())
                .or_default()
                .insert(pack.view.picture.supplied.agency_name(&one.agency));
        } else if one.service.trim().is_empty() {
            involved.entry(one.agency.to_string()).or_default();
        }
    }
    involved
}

fn because(agency: &Agency, named_by: Option<&BTreeSet<&str>>, is_asked: bool) -> Vec<String> {
    let mut because = Vec::new();
    if agency.supplied {
        because.push("has records".to_owned());
    }
    if let Some(by) = named_by.filter(|by| !by.is_empty()) {
        let by: Vec<&str> = by.iter().copied().collect();
        because.push(format!("named by {}", join(&by)));
    }
    if because.is_empty() && is_asked {
        because.push("asked; nobody names it as involved".to_owned());
    }
    because
}

fn came(agency: &Agency, asked: &[&Request]) -> &'static str {
    let any = |result: RequestResult| asked.iter().any(|request| request.result.is(result));
    if agency.supplied {
        "an export"
    } else if any(RequestResult::NoneHeld) {
        "an answer: it holds nothing"
    } else if any(RequestResult::Withheld) {
        "an answer: it withholds what it holds"
    } else {
        "nothing"
    }
}

/// One request, without the words of the question: those are between the two agencies.
fn answer(request: &Request) -> String {
    let result = match request.result.known() {
        Some(RequestResult::NoReply) => format!("no reply (due {})", or_dash(&request.due_on)),
        Some(result) if request.answered_on.is_known() => {
            format!("{} {}", result.phrase(), when(&request.answered_on))
        }
        Some(result) => result.phrase().to_owned(),
        None if request.result.is_blank() => format!("open (due {})", or_dash(&request.due_on)),
        None => request.result.text().to_owned(),
    };
    format!("asked {}: {result}", or_dash(&request.asked_on))
}

fn missing(pack: &Pack<'_>) -> Vec<&'static str> {
    let has = |kinds: &[AgencyKind]| {
        pack.view
            .picture
            .supplied
            .agencies
            .iter()
            .any(|agency| kinds.contains(&agency.kind))
    };
    let mut missing = Vec::new();
    for (kinds, name) in [
        (&[AgencyKind::SocialCare][..], "social care"),
        (&[AgencyKind::Police][..], "the police"),
        (&HEALTH[..], "health"),
    ] {
        if !has(kinds) {
            missing.push(name);
        }
    }
    missing
}
