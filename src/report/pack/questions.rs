//! What to ask each agency: what would clear the flags that name it, and what it was asked and has not answered.

use std::collections::{BTreeMap, BTreeSet};

use super::Pack;
use super::document::Section;
use super::words::or_dash;
use crate::model::id::AgencyId;
use crate::model::words::RequestResult;

/// The questions by agency.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("questions", "Questions for each agency");
    let mut by_agency: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let picture = pack.view.picture;
    for flag in picture
        .flags
        .flags
        .iter()
        .filter(|flag| pack.view.shows_flag(flag) && flag.explained_by.is_empty())
    {
        for agency in &flag.agencies {
            by_agency
                .entry(pack.agency(&AgencyId::new(agency)).to_owned())
                .or_default()
                .insert(flag.would_clear.clone());
        }
    }
    for request in &picture.supplied.requests {
        let is_open = request.result.is_blank() || request.result.is(RequestResult::NoReply);
        let is_withheld = request.result.is(RequestResult::Withheld);
        if !is_open && !is_withheld {
            continue;
        }
        let is_party = pack.is_party(request);
        if !is_party && !pack.is_for_own() {
            continue;
        }
        // the words of a question are between the two agencies
        let words = if is_party && !request.question.trim().is_empty() {
            format!(": \u{201c}{}\u{201d}", request.question.trim())
        } else {
            String::new()
        };
        let state = if is_open {
            "without a reply"
        } else {
            "answered by withholding"
        };
        let line = format!("Request of {}, {state}{words}", or_dash(&request.asked_on));
        by_agency
            .entry(pack.agency(&request.asked).to_owned())
            .or_default()
            .insert(line);
    }
    if by_agency.is_empty() {
        section.say("Nothing is open.");
    }
    for (agency, questions) in by_agency {
        section.head(agency);
        section.list(questions.into_iter().collect());
    }
    section
}
