//! Holds a case against its log: the chain itself, and each decision, export and import against what the log says of it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::super::audit::{Event, Finding, Head, chained};
use super::connect::TABLE_NAMES;
use super::rows::{self, RawLine, Rows};
use crate::model::id::DecisionId;

/// All that does not agree; nothing when the case is as its log says.
pub fn verify(connection: &Connection, head: Option<&Head>) -> Rows<Vec<Finding>> {
    let lines = rows::log(connection)?;
    let mut found = chain(&lines);
    found.extend(head.and_then(|head| kept_elsewhere(&lines, head)));
    let mut told = Told::default();
    for line in &lines {
        match serde_json::from_str(&line.event) {
            Ok(event) => told.take(line, event, &mut found),
            Err(_) => found.push(at(line, "what happened cannot be understood".to_owned())),
        }
    }
    decisions(connection, &told, &mut found)?;
    exports(connection, &told, &mut found)?;
    imports(connection, &told, &mut found)?;
    found.extend(strangers(connection)?);
    Ok(found)
}

/// Tables, views and triggers that no case has.
fn strangers(connection: &Connection) -> Rows<Vec<Finding>> {
    let statement = "SELECT type, name FROM sqlite_schema WHERE type <> 'index' ORDER BY name";
    let there = rows::all(connection, statement, |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let strange = there
        .into_iter()
        .filter(|(kind, name)| kind != "table" || !TABLE_NAMES.contains(&name.as_str()));
    Ok(strange
        .map(|(kind, _)| {
            nowhere(format!(
                "the case holds a {kind} that this program did not make"
            ))
        })
        .collect())
}

fn at(line: &RawLine, problem: String) -> Finding {
    Finding {
        line: Some(line.number),
        problem,
    }
}

fn nowhere(problem: String) -> Finding {
    Finding {
        line: None,
        problem,
    }
}

/// Whether each line follows from the one before it.
fn chain(lines: &[RawLine]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut before = "";
    for (place, line) in (1..).zip(lines) {
        if line.number != place {
            let problem = format!("it stands at place {place}: a line was taken out or put in");
            found.push(at(line, problem));
            // every later number would be told too
            break;
        }
        if chained(before, &line.content()) != line.hash {
            let problem = "its hash does not follow from the line before it: it was changed, moved or put in, or the line before was";
            found.push(at(line, problem.to_owned()));
        }
        before = &line.hash;
    }
    if lines.is_empty() {
        found.push(nowhere("the log is empty".to_owned()));
    }
    found
}

/// Whether the log leads to a head that was kept elsewhere.
fn kept_elsewhere(lines: &[RawLine], head: &Head) -> Option<Finding> {
    let problem = match lines.iter().find(|line| line.number == head.number) {
        Some(line) if line.hash == head.hash => return None,
        Some(_) => "it is not the line that the given head names: the log was written anew",
        None => "the given head names it, and it is not there: the log was cut",
    };
    Some(Finding {
        line: Some(head.number),
        problem: problem.to_owned(),
    })
}

/// What a line says was erased: decisions, files and decisions that say less, as in [`Event::Erased`].
type Erased = (
    Vec<DecisionId>,
    Vec<(String, String)>,
    Vec<(DecisionId, String)>,
);

/// What the log says must be there.
#[derive(Default)]
struct Told {
    /// Decisions by id: their line and digest.
    decisions: BTreeMap<String, (u64, String)>,
    /// Files by digest: their line, and the import that replaced them.
    files: BTreeMap<String, (u64, Option<u32>)>,
    /// Imports by number: their line, when and by whom.
    imports: BTreeMap<u32, (u64, i64, String)>,
}

impl Told {
    fn take(&mut self, line: &RawLine, event: Event, found: &mut Vec<Finding>) {
        let is_first = line.number == 1;
        if is_first != (event == Event::Created) {
            found.push(at(
                line,
                "a log begins with the making of the case, and nothing else does".to_owned(),
            ));
        }
        match event {
            Event::Imported {
                import,
                files,
                replaced,
            } => {
                let files = files.into_iter().map(|file| (file, (line.number, None)));
                self.files.extend(files);
                for file in replaced {
                    match self.files.get_mut(&file) {
                        Some((_, by)) => *by = Some(import),
                        None => found.push(at(
                            line,
                            "it replaces a file that no earlier line names".to_owned(),
                        )),
                    }
                }
                let of = (line.number, line.at, line.by.clone());
                self.imports.insert(import, of);
            }
            Event::Decided { decisions } | Event::Brought { decisions, .. } => {
                for (id, digest) in decisions {
                    let of = (line.number, digest);
                    self.decisions.insert(id.as_str().to_owned(), of);
                }
            }
            Event::Erased {
                decisions,
                files,
                changed,
            } => {
                self.erased(line, (decisions, files, changed), found);
            }
            _ => {}
        }
    }

    fn erased(&mut self, line: &RawLine, erased: Erased, found: &mut Vec<Finding>) {
        let (decisions, files, changed) = erased;
        for (id, digest) in changed {
            match self.decisions.get_mut(id.as_str()) {
                Some(of) => *of = (line.number, digest),
                None => found.push(at(
                    line,
                    format!("it cuts decision {id}, which no earlier line names"),
                )),
            }
        }
        for id in decisions {
            if self.decisions.remove(id.as_str()).is_none() {
                found.push(at(
                    line,
                    format!("it erases decision {id}, which no earlier line names"),
                ));
            }
        }
        for (before, after) in files {
            self.cut(line, &before, after, found);
        }
    }

    fn cut(&mut self, line: &RawLine, before: &str, after: String, found: &mut Vec<Finding>) {
        match self.files.remove(before) {
            Some((_, replaced)) if !after.is_empty() => {
                self.files.insert(after, (line.number, replaced));
            }
            Some(_) => {}
            None => found.push(at(
                line,
                "it erases from a file that no earlier line names".to_owned(),
            )),
        }
    }
}

fn decisions(connection: &Connection, told: &Told, found: &mut Vec<Finding>) -> Rows<()> {
    let mut left = told.decisions.clone();
    for decision in rows::decisions(connection)? {
        let (number, id) = (decision.number, decision.id.as_str());
        let salt = rows::salt(connection, "decision", number)?;
        match left.remove(id) {
            None => {
                let problem = format!(
                    "decision {number} ({id}) is in the case, and the log does not know it"
                );
                found.push(nowhere(problem));
            }
            Some((line, digest)) if digest != rows::decision_digest(&decision, &salt) => {
                let problem =
                    format!("decision {number} ({id}) is not as it was when this line was written");
                found.push(Finding {
                    line: Some(line),
                    problem,
                });
            }
            Some(_) => {}
        }
    }
    for (id, (line, _)) in left {
        found.push(Finding {
            line: Some(line),
            problem: format!(
                "decision {id} is not in the case, and no line says that it was erased"
            ),
        });
    }
    Ok(())
}

fn exports(connection: &Connection, told: &Told, found: &mut Vec<Finding>) -> Rows<()> {
    let mut left = told.files.clone();
    for export in rows::exports(connection)? {
        let id = export.id;
        let bytes = rows::bytes(connection, id)?;
        let salt = rows::salt(connection, "export", id)?;
        match left.remove(&rows::export_digest(&export, &salt, &bytes)) {
            None => {
                let problem = format!(
                    "file {id} is not as any line of the log says: it was changed or put in"
                );
                found.push(nowhere(problem));
            }
            Some((line, replaced)) if replaced != export.replaced_by => found.push(Finding {
                line: Some(line),
                problem: format!(
                    "file {id} is kept as replaced, or as current, and the log says otherwise"
                ),
            }),
            Some(_) => {}
        }
        if rows::digest(&[&bytes]) != export.sha256 {
            found.push(nowhere(format!(
                "file {id} does not have the SHA-256 written beside it"
            )));
        }
    }
    for (line, _) in left.into_values() {
        found.push(Finding {
            line: Some(line),
            problem: "a file of this line is not in the case as it was, and no line says that it was erased".to_owned(),
        });
    }
    Ok(())
}

fn imports(connection: &Connection, told: &Told, found: &mut Vec<Finding>) -> Rows<()> {
    let mut left = told.imports.clone();
    for import in rows::imports(connection)? {
        let number = import.number;
        match left.remove(&number) {
            None => found.push(nowhere(format!(
                "import {number} is in the case, and the log does not know it"
            ))),
            Some((line, at, by)) if (at, by.as_str()) != (import.at, import.by.as_str()) => {
                found.push(Finding {
                    line: Some(line),
                    problem: format!(
                        "import {number} is kept with another time or name than this line has"
                    ),
                });
            }
            Some(_) => {}
        }
    }
    for (number, (line, ..)) in left {
        found.push(Finding {
            line: Some(line),
            problem: format!("import {number} is not in the case"),
        });
    }
    Ok(())
}
