//! Rows of the smaller kinds: relationships, involvement, coverage, requests, consultations, citations.

use crate::model::id::{AgencyId, ConclusionId, FactId, RecordId};
use crate::model::phrase::{Coded, fold};
use crate::model::source::{Kept, Reject};
use crate::model::supply::{
    Citation, Cited, Consultation, Coverage, Involvement, Relationship, Request,
};
use crate::model::words::Setting;

use super::headers::Column;
use super::known::Known;
use super::names::is_not_known;
use super::notes::Notes;
use super::row::Row;

/// The individual that a row is about: the one it describes itself, else the one that its id names.
fn subject(row: &Row, supplier: &AgencyId, known: &Known, out: &mut Notes) -> Option<RecordId> {
    if let Some(own) = known.of_row.get(&row.at()) {
        return Some(own.clone());
    }
    let text = row.text(Column::RecordId);
    if is_not_known(text) {
        return None;
    }
    let id = known.record(text, Some(supplier))?;
    out.mention(row, Column::RecordId, &id, known);
    Some(id)
}

/// A line for a row that names one side of something and not the other.
fn without(row: &Row, column: Column, what: &str) -> Reject {
    let header = row.place.header(column).to_owned();
    Reject {
        column: header.clone(),
        ..row.dropped(
            format!("`{header}` is blank, so nobody can tell whom {what} is about"),
            "fill it in, or leave the row out",
        )
    }
}

/// Reads the relationship part of a row.
pub fn read_relationship(
    row: &Row,
    supplier: &AgencyId,
    known: &Known,
    out: &mut Notes,
) -> Option<Relationship> {
    let other = row.text(Column::RelatedRecordId);
    let is_blank = is_not_known(other);
    let record = if is_blank {
        None
    } else {
        subject(row, supplier, known, out)
    };
    let Some(record) = record else {
        if is_blank == is_not_known(row.text(Column::RecordId)) {
            return None;
        }
        let missing = if is_blank {
            Column::RelatedRecordId
        } else {
            Column::RecordId
        };
        out.rejects.push(without(row, missing, "the relationship"));
        return None;
    };
    let related = known.record(other, Some(supplier))?;
    out.mention(row, Column::RelatedRecordId, &related, known);
    Some(Relationship {
        agency: supplier.clone(),
        row: row.at(),
        record,
        related,
        relationship: row.owned(Column::Relationship),
        from: row.date(Column::From, &mut out.rejects),
        to: row.date(Column::To, &mut out.rejects),
        parental_responsibility: row.coded(Column::ParentalResponsibility, &mut out.rejects),
    })
}

/// Whether a service is a plan, which no agency's name stands for.
fn is_plan(service: &str) -> bool {
    const PLANS: &[&str] = &[
        "childprotectionplan",
        "childinneedplan",
        "cpplan",
        "cinplan",
        "cpp",
    ];
    PLANS.contains(&fold(service).as_str())
}

/// Reads the involvement part of a row. A blank service is the supplier.
pub fn read_involvement(
    row: &Row,
    supplier: &AgencyId,
    known: &Known,
    out: &mut Notes,
) -> Option<Involvement> {
    let Some(record) = subject(row, supplier, known, out) else {
        let says_something = [Column::Service, Column::Worker, Column::From, Column::To];
        if says_something
            .iter()
            .any(|column| !row.text(*column).is_empty())
        {
            out.rejects
                .push(without(row, Column::RecordId, "the involvement"));
        }
        return None;
    };
    let service = row.owned(Column::Service);
    let involved = if service.is_empty() {
        Some(supplier.clone())
    } else if is_plan(&service) {
        None
    } else {
        known.agencies.named(&service)
    };
    Some(Involvement {
        agency: supplier.clone(),
        row: row.at(),
        record,
        service,
        involved,
        from: row.date(Column::From, &mut out.rejects),
        to: row.date(Column::To, &mut out.rejects),
        worker: row.owned(Column::Worker),
        evidence: row.owned(Column::Evidence),
    })
}

/// Reads a coverage row; `supplier` is the agency covered where the cell is blank.
pub fn read_coverage(
    row: &Row,
    supplier: Option<&AgencyId>,
    known: &Known,
    rejects: &mut Vec<Reject>,
) -> Option<Coverage> {
    let name = row.text(Column::Agency);
    let agency = if name.is_empty() {
        supplier.cloned()
    } else {
        Some(known.agencies.named_or_new(name))
    };
    let Some(agency) = agency else {
        rejects.push(row.dropped(
            "the row does not say which agency is covered",
            "fill in the agency column",
        ));
        return None;
    };
    Some(Coverage {
        agency,
        row: row.at(),
        from: row.date(Column::From, rejects),
        to: row.date(Column::To, rejects),
        last_synchronised: row.date(Column::LastSynchronised, rejects),
        records_available: row.coded(Column::RecordsAvailable, rejects),
        explanation: row.owned(Column::Explanation),
    })
}

/// The records that a row names, sorted, each once; what names none is told.
fn records_of(
    row: &Row,
    supplier: Option<&AgencyId>,
    known: &Known,
    out: &mut Notes,
) -> Vec<RecordId> {
    let mut records = Vec::new();
    for column in [Column::RecordIds, Column::RecordId] {
        for part in row.list(column).filter(|part| !is_not_known(part)) {
            if let Some(id) = known.record(part, supplier) {
                out.mention(row, column, &id, known);
                records.push(id);
            } else {
                let problem = format!("`{part}` names no record, or more than one");
                out.rejects.push(row.reject(
                    column,
                    problem,
                    "write it as agency:record_id",
                    Kept::Cell,
                ));
            }
        }
    }
    records.sort();
    records.dedup();
    records
}

/// Reads a request row.
pub fn read_request(
    row: &Row,
    supplier: Option<&AgencyId>,
    known: &Known,
    out: &mut Notes,
) -> Option<Request> {
    let name = row.text(Column::AskedAgency);
    if name.is_empty() {
        out.rejects.push(row.dropped(
            "the row does not say which agency was asked",
            "fill in the asked_agency column",
        ));
        return None;
    }
    let records = records_of(row, supplier, known, out);
    let rejects = &mut out.rejects;
    Some(Request {
        id: row.owned(Column::RequestId),
        row: row.at(),
        asked: known.agencies.named_or_new(name),
        asked_by: row.owned(Column::AskedBy),
        asked_on: row.date(Column::AskedOn, rejects),
        due_on: row.date(Column::DueOn, rejects),
        answered_on: row.date(Column::AnsweredOn, rejects),
        result: row.coded(Column::Result, rejects),
        records,
        question: row.owned(Column::Question),
        reason: row.owned(Column::Reason),
        basis: row.owned(Column::Basis),
    })
}

/// Reads a consultation row. Within the agency it is the supplier that was consulted where the cell is blank.
pub fn read_consultation(
    row: &Row,
    supplier: Option<&AgencyId>,
    known: &Known,
    out: &mut Notes,
) -> Option<Consultation> {
    let name = row.text(Column::ConsultedAgency);
    let setting: Coded<Setting> = row.coded(Column::Setting, &mut out.rejects);
    let consulted = match name {
        "" if setting.is(Setting::Internal) => supplier.cloned(),
        "" => None,
        name => Some(known.agencies.named_or_new(name)),
    };
    let Some(consulted) = consulted else {
        out.rejects.push(row.dropped(
            "the row does not say which agency was consulted",
            "fill in the consulted_agency column",
        ));
        return None;
    };
    let records = records_of(row, supplier, known, out);
    let rejects = &mut out.rejects;
    Some(Consultation {
        id: row.owned(Column::ConsultationId),
        row: row.at(),
        by: match row.owned(Column::ConsultedBy) {
            by if by.is_empty() => supplier.map_or(by, |id| id.as_str().to_owned()),
            by => by,
        },
        consulted,
        person: row.owned(Column::ConsultedPerson),
        on: row.date(Column::ConsultedOn, rejects),
        how: row.coded(Column::Manner, rejects),
        setting,
        records,
        question: row.owned(Column::Question),
        received: row.owned(Column::InformationReceived),
        given: row.owned(Column::InformationGiven),
        outcome: row.owned(Column::Outcome),
        became_referral: row.coded(Column::BecameReferral, rejects),
        family_agreed: row.coded(Column::FamilyAgreed, rejects),
        told: row.coded(Column::Told, rejects),
    })
}

/// Reads a citation row; `known` must hold all entries under the ids they have in the end.
///
/// Whether a fact id exists is not known before the timeline is made, so one that looks like a fact id is taken as it is.
pub fn read_citations(
    row: &Row,
    supplier: Option<&AgencyId>,
    known: &Known,
    rejects: &mut Vec<Reject>,
) -> Vec<Citation> {
    let conclusion = row.text(Column::ConclusionId);
    if conclusion.is_empty() {
        rejects.push(row.dropped(
            "the row does not name a conclusion",
            "fill in the conclusion_id column",
        ));
        return Vec::new();
    }
    let cells: Vec<&str> = row.list(Column::CitedEntry).collect();
    if cells.is_empty() {
        rejects.push(row.dropped(
            "the row does not cite an entry",
            "fill in the entry column as agency:entry_id",
        ));
        return Vec::new();
    }
    let mut citations = Vec::new();
    for part in cells {
        let Some(cited) = cited(part, supplier, known) else {
            let of_several = known.entries.iter().filter(|id| id.local() == part).count() > 1;
            let mut line = row.reject(
                Column::CitedEntry,
                if of_several {
                    format!("several agencies have an entry `{part}`")
                } else {
                    format!("no entry has the id `{part}`")
                },
                "write it as agency:entry_id, as the agency's own file has it",
                Kept::None,
            );
            part.clone_into(&mut line.value);
            rejects.push(line);
            continue;
        };
        citations.push(Citation {
            row: row.at(),
            conclusion: ConclusionId::new(conclusion),
            cited,
            text: row.owned(Column::Conclusion),
            decided_on: row.date(Column::DecidedOn, &mut Vec::new()),
            decided_by: row.owned(Column::DecidedBy),
        });
    }
    // dates are read once for the row's own line of rejects, however many entries it cites
    row.date(Column::DecidedOn, rejects);
    citations
}

fn cited(part: &str, supplier: Option<&AgencyId>, known: &Known) -> Option<Cited> {
    let entry = known
        .entry(part, supplier)
        .filter(|id| known.entries.contains(id));
    if let Some(entry) = entry {
        return Some(Cited::Entry(entry));
    }
    if is_fact_id(part) {
        return Some(Cited::Fact(FactId::new(&format!(
            "F{}",
            part.get(1..).unwrap_or_default().to_lowercase()
        ))));
    }
    // a bare id without a supplier may still be the id of exactly one entry
    if supplier.is_some() || part.contains(':') {
        return None;
    }
    let mut fitting = known.entries.iter().filter(|id| id.local() == part);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Some(Cited::Entry(one.clone())),
        _ => None,
    }
}

/// `F` and twelve hex digits.
fn is_fact_id(text: &str) -> bool {
    text.strip_prefix('F')
        .is_some_and(|hex| hex.len() == 12 && hex.chars().all(|c| c.is_ascii_hexdigit()))
}
