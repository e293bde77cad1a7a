//! `casepicture` merges the exports of several agencies into one picture of a family, for people who protect children.
//!
//! A *case* is what is stored: the agencies' files and the analysts' decisions, only ever added. A *picture* is what is
//! computed from it: who is who, one timeline in which every fact carries its source and its basis, what may be said to
//! whom, and what the draft leans on too much or leaves out. Nothing of a picture is stored, so the same case and the
//! same version give the same bytes.
//!
//! The rooms, in the order that data walks through them; a room uses only those above it in this list
//! (`tests/layers.rs` holds that):
//!
//! | room | turns | into |
//! |---|---|---|
//! | [`model`] | | plain data and the words of the field |
//! | [`import`] | an agency's file | records, entries, involvement …, and the rows that could not be used |
//! | [`people`] | records | persons, each link explained |
//! | [`timeline`] | entries | facts in order: echoes, origins, disagreements |
//! | [`sharing`] | basis, date, recipient | what may be shown to whom |
//! | [`reliance`] | facts and citations | available against relied on; flags |
//! | [`picture`] | all of these | one picture |
//! | [`case`] | exports and decisions | an open case: decide, undo, recompute |
//! | [`report`] | a picture | CSV, JSON, Parquet, text, the meeting pack |
//! | [`cli`] | a command line | output and an exit code |
//! | [`tui`] | keys | the screen |
//!
//! # The words
//!
//! | word | what it is |
//! |---|---|
//! | agency | an organisation that supplies information; the *own agency* is that of the analyst at the terminal |
//! | export | one file that an agency supplied |
//! | record | one agency's description of one individual |
//! | person | a real individual: the records that are believed to describe them |
//! | entry | one line of an agency's chronology |
//! | fact | one event or claim of the merged timeline, told by one or more entries; the word never means "true" |
//! | echo | an entry that repeats what was said before; it adds no independent support |
//! | origin | the agency that first observed it or was told |
//! | channel | who the information comes from: the child, a parent, observation, another person, a professional |
//! | basis | the legal ground on which it was shared |
//! | handling | what the receiver may do with it |
//! | as-of date | the date at which all is judged: given, else the latest of the exports, never the clock's |
//! | conclusion, citation | a statement of the assessment, and its link to a fact: the fact is then *relied on* |
//! | flag | something about the picture that is worth checking, in one sentence, with its facts |
//! | case, picture | what is stored, and what is computed from it |

// a table of cases is as long as its cases
#![cfg_attr(test, allow(clippy::too_many_lines))]

pub mod case;
pub mod cli;
pub mod import;
pub mod model;
pub mod people;
pub mod picture;
pub mod reliance;
pub mod report;
pub mod sharing;
pub mod timeline;
pub mod tui;
