//! A template of the hub: a title, a logo, a line at the end, other headings, another order of the sections.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::document::Document;
use super::html::base64;

/// The most bytes that a logo may have.
const LARGEST_LOGO: usize = 500_000;

/// The sections of every kind of pack, in their usual order.
const SECTIONS: [&str; 22] = [
    "cover",
    "sources",
    "family",
    "holders",
    "invited",
    "lanes",
    "reliance",
    "chronology",
    "disputed",
    "flags",
    "questions",
    "withheld",
    "actions",
    "appendix",
    "involvement",
    "working-well",
    "worries",
    "other",
    "decided",
    "view",
    "next",
    "about",
];

/// What a hub sets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    title: String,
    footer: String,
    logo: Option<(&'static str, String)>,
    order: Vec<String>,
    headings: BTreeMap<String, String>,
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    title: Option<Spanned<String>>,
    footer: String,
    logo: Option<Spanned<String>>,
    order: Vec<Spanned<String>>,
    headings: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// What is wrong with a template, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TemplateError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl Template {
    /// Reads a template; `file` gives the bytes of a file that it names.
    ///
    /// # Errors
    /// What is wrong, with its line.
    pub fn read(text: &str, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Self, TemplateError> {
        let line = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        let wrong = |at: usize, problem: String| TemplateError {
            line: line(at),
            problem,
        };
        let written: Written = toml::from_str(text).map_err(|fault| {
            wrong(
                fault.span().map_or(0, |span| span.start),
                fault.message().to_owned(),
            )
        })?;
        for id in written.order.iter().chain(written.headings.keys()) {
            if !SECTIONS.contains(&id.get_ref().as_str()) {
                let problem = format!(
                    "{} is no section; use {}",
                    id.get_ref(),
                    SECTIONS.join(", ")
                );
                return Err(wrong(id.span().start, problem));
            }
        }
        if let Some(empty) = written
            .headings
            .values()
            .find(|heading| heading.get_ref().trim().is_empty())
        {
            return Err(wrong(
                empty.span().start,
                "a heading may not be empty".to_owned(),
            ));
        }
        let logo = written.logo.as_ref().map(|named| {
            logo(named.get_ref(), file).map_err(|problem| wrong(named.span().start, problem))
        });
        let logo = logo.transpose()?;
        Ok(Self {
            title: written.title.map(Spanned::into_inner).unwrap_or_default(),
            footer: written.footer,
            logo,
            order: written.order.into_iter().map(Spanned::into_inner).collect(),
            headings: written
                .headings
                .into_iter()
                .map(|(id, heading)| (id.into_inner(), heading.into_inner()))
                .collect(),
        })
    }

    /// Puts a template over a pack. A section that it does not name keeps its place after those that it names: nothing is
    /// lost by a template.
    pub(super) fn apply(&self, document: &mut Document) {
        if !self.title.is_empty() {
            document.title.clone_from(&self.title);
        }
        document.footer.clone_from(&self.footer);
        document.logo.clone_from(&self.logo);
        for section in &mut document.sections {
            if let Some(heading) = self.headings.get(section.id) {
                section.heading.clone_from(heading);
            }
        }
        document.sections.sort_by_key(|section| {
            self.order
                .iter()
                .position(|id| id == section.id)
                .unwrap_or(self.order.len())
        });
    }
}

/// The media type of a logo and its bytes in base 64, or what is wrong with it.
fn logo(
    name: &str,
    file: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<(&'static str, String), String> {
    let bytes = file(name).ok_or_else(|| {
        format!("{name} cannot be read; name a PNG or JPEG file beside the template")
    })?;
    let Some(kind) = kind_of(&bytes).filter(|_| bytes.len() <= LARGEST_LOGO) else {
        return Err(format!("{name} is no PNG or JPEG of at most 500 KB"));
    };
    let is_whole = match kind {
        "image/png" => is_whole_png(&bytes),
        _ => bytes.trim_ascii_end().ends_with(b"\xff\xd9"),
    };
    if is_whole {
        Ok((kind, base64(&bytes)))
    } else {
        Err(format!(
            "{name} is damaged or cut off; save the picture again as PNG"
        ))
    }
}

/// Whether the parts of a PNG follow each other without damage to its end: length, kind, content, and the sum over the latter
/// two. A browser shows nothing at all in place of one that is broken, and nobody would be told.
fn is_whole_png(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        let four = bytes.get(at..at.checked_add(4)?)?;
        Some(u32::from_be_bytes(four.try_into().ok()?))
    };
    let mut at = 8;
    loop {
        let part = number(at).and_then(|length| {
            let end = (at + 8).checked_add(length as usize)?;
            let content = bytes.get(at + 4..end)?;
            let mut sum = flate2::Crc::new();
            sum.update(content);
            (number(end)? == sum.sum()).then_some((content, end + 4))
        });
        match part {
            None => return false,
            Some((content, _)) if at == 8 && !content.starts_with(b"IHDR") => return false,
            Some((content, _)) if content.starts_with(b"IEND") => return true,
            Some((_, next)) => at = next,
        }
    }
}

/// The media type that the first bytes of a picture show.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else {
        None
    }
}
