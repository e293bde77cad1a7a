//! What `share` is asked about: entries, a request or a consultation, for whom, and what stands against it on the record.

use super::{Share, today};
use crate::cli::failure::Failure;
use crate::cli::settings::read_purpose;
use crate::model::date::Day;
use crate::model::id::{AgencyId, EntryId};
use crate::model::settings::Recipient;
use crate::model::words::Threshold;
use crate::picture::{self, Picture};
use crate::sharing::flow::Subject;
use crate::sharing::{Answer, Viewing, may_see};

/// What is named, found in the case.
///
/// # Errors
/// When nothing is named, or what is named is not there.
pub fn of(args: &Share, picture: &Picture, by: &str) -> Result<Subject, Failure> {
    let about = about(args, picture)?;
    let recipient = args.recipient.clone().or(about.recipient);
    let Some(recipient) = recipient.filter(|who| !who.trim().is_empty()) else {
        return Err(Failure::new(
            "it is not said for whom",
            "add --recipient WHO: an agency id, an agency kind, family, or somebody else in words",
        ));
    };
    let on = args.on.unwrap_or_else(today);
    let purpose = args.purpose.as_deref().map(read_purpose).transpose()?;
    Ok(Subject {
        barrier: barrier(picture, &about.facts, &recipient, (purpose, on)),
        entries: about.entries,
        about: about.words,
        recipient,
        on,
        decided_by: by.to_owned(),
    })
}

/// What was named.
#[derive(Default)]
struct About {
    entries: Vec<EntryId>,
    facts: Vec<usize>,
    words: String,
    recipient: Option<String>,
}

fn about(args: &Share, picture: &Picture) -> Result<About, Failure> {
    let supplied = &picture.supplied;
    if let Some(id) = &args.request {
        let request = supplied.requests.iter().find(|request| request.id == *id);
        let request = request.ok_or_else(|| unknown("--request", id, "requests"))?;
        return Ok(About {
            words: format!("request {id}: {}", request.question),
            recipient: Some(request.asked.as_str().to_owned()),
            ..About::default()
        });
    }
    if let Some(id) = &args.consultation {
        let all = &supplied.consultations;
        let one = all.iter().find(|one| one.id == *id);
        let one = one.ok_or_else(|| unknown("--consultation", id, "consultations"))?;
        return Ok(About {
            words: format!("consultation {id}: {}", one.question),
            recipient: Some(one.consulted.as_str().to_owned()),
            ..About::default()
        });
    }
    if args.entry.is_empty() {
        return Err(Failure::new(
            "it is not said what is to be shared",
            "add --entry AGENCY:ID, --request ID or --consultation ID",
        ));
    }
    let mut about = About::default();
    for name in &args.entry {
        let fact = fact(picture, name).ok_or_else(|| unknown("--entry", name, "timeline"))?;
        if !about.facts.contains(&fact) {
            about.facts.push(fact);
        }
        let named = supplied
            .entries
            .iter()
            .find(|entry| entry.id.as_str() == name);
        match named {
            Some(entry) => about.entries.push(entry.id.clone()),
            None => about.entries.extend(entries_of(picture, fact)),
        }
    }
    about.entries.sort();
    about.entries.dedup();
    let texts: Vec<&str> = about.facts.iter().map(|&fact| picture.text(fact)).collect();
    about.words = texts.join(" / ");
    Ok(about)
}

fn entries_of(picture: &Picture, fact: usize) -> Vec<EntryId> {
    let fact = picture.timeline.facts.get(fact);
    let entries = fact.map(|fact| fact.entries.as_slice()).unwrap_or_default();
    let entries = entries
        .iter()
        .filter_map(|&at| picture.supplied.entries.get(at));
    entries.map(|entry| entry.id.clone()).collect()
}

/// The fact that an id means, or that the entry of an id tells.
fn fact(picture: &Picture, name: &str) -> Option<usize> {
    let facts = &picture.timeline.facts;
    let by_id = facts.iter().position(|fact| fact.id.as_str() == name);
    by_id.or_else(|| {
        let all = &picture.supplied.entries;
        let entry = all.iter().position(|entry| entry.id.as_str() == name)?;
        facts.iter().position(|fact| fact.entries.contains(&entry))
    })
}

fn unknown(option: &str, id: &str, table: &str) -> Failure {
    Failure::new(
        format!("{option} {id}: there is none of this id in the case"),
        format!("casepicture {table} CASE lists them"),
    )
}

/// Why, on what is recorded, the recipient may not see one of the facts. Somebody who is no agency of the case sees what an
/// agency outside it would.
fn barrier(
    picture: &Picture,
    facts: &[usize],
    recipient: &str,
    (purpose, date): (Option<Threshold>, Day),
) -> Option<String> {
    let known = picture::recipient(recipient, &picture.supplied);
    let who = known.unwrap_or_else(|| Recipient::Agency(AgencyId::new(recipient)));
    let viewing = Viewing {
        recipient: Some(&who),
        purpose,
        date,
    };
    facts.iter().find_map(|&fact| {
        let conditions = picture.conditions.get(fact)?;
        match may_see(conditions, &viewing) {
            Answer::Yes => None,
            Answer::No(because) => Some(because),
        }
    })
}
