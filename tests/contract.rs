//! The contract as a program that reads the tables would check it: small folders of exports in, columns and codes out.
#![allow(clippy::unwrap_used, clippy::too_many_lines)] // a test may fail by panic, and tells a whole story

mod common;

#[path = "contract/agencies.rs"]
mod agencies;
#[path = "contract/aside.rs"]
mod aside;
#[path = "contract/built.rs"]
mod built;
#[path = "contract/case.rs"]
mod case;
#[path = "contract/case_decided.rs"]
mod case_decided;
#[path = "contract/case_made.rs"]
mod case_made;
#[path = "contract/case_prompt.rs"]
mod case_prompt;
#[path = "contract/case_share.rs"]
mod case_share;
#[path = "contract/commands.rs"]
mod commands;
#[path = "contract/config.rs"]
mod config;
#[path = "contract/consultations.rs"]
mod consultations;
#[path = "contract/dates.rs"]
mod dates;
#[path = "contract/family.rs"]
mod family;
#[path = "contract/family_context.rs"]
mod family_context;
#[path = "contract/link.rs"]
mod link;
#[path = "contract/link_files.rs"]
mod link_files;
#[path = "contract/link_options.rs"]
mod link_options;
#[path = "contract/link_place.rs"]
mod link_place;
#[path = "contract/mapping.rs"]
mod mapping;
#[path = "contract/origins.rs"]
mod origins;
#[path = "contract/profiles.rs"]
mod profiles;
#[path = "contract/reliance.rs"]
mod reliance;
#[path = "contract/rows.rs"]
mod rows;
#[path = "contract/vocabulary.rs"]
mod vocabulary;
#[path = "contract/words.rs"]
mod words;
