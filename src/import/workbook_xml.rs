//! Checks that the XML inside a workbook is whole: every tag closed, in order, not too deep, and no document type.
//!
//! The workbook reader waits for closing tags, and in an ODS sheet it does not notice the end of the file: one that is cut
//! off inside would be read for ever. What is checked here is what it relies on.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::read_error::{Fault, ReadError};
use super::workbook::damaged;

/// How deep tags may stand inside each other.
const DEEPEST: usize = 256;

/// Refuses XML that is not whole, and says whether it tells of merged cells; `name` is the member of the workbook.
pub(super) fn check(name: &str, xml: impl BufRead) -> Result<bool, ReadError> {
    let broken = || damaged(&format!("{name} inside it is not whole"));
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut is_merged = false;
    loop {
        match reader.read_event_into(&mut buffer).map_err(|_| broken())? {
            Event::Start(tag) => {
                depth += 1;
                is_merged |= tag.local_name().as_ref() == "mergeCells";
            }
            Event::End(_) => depth = depth.checked_sub(1).ok_or_else(broken)?,
            Event::DocType(_) => {
                return Err(ReadError::new(
                    Fault::NotReadable,
                    format!("{name} inside the workbook has a document type, which is not read"),
                    "open it in a spreadsheet program and save it as XLSX",
                ));
            }
            Event::Eof if depth == 0 => return Ok(is_merged),
            Event::Eof => return Err(broken()),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(damaged(&format!(
                "{name} has more than {DEEPEST} tags inside each other"
            )));
        }
        buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_that_is_whole_passes_and_other_is_refused() {
        for (xml, passes) in [
            (
                "<?xml version=\"1.0\"?><!-- < --><a x='>'><b/><c y=\"1\" >t</c ><![CDATA[<x>]]></a>\n",
                true,
            ),
            ("<a><b></a></b>", false),
            ("<a>", false),
            ("<a></a", false),
            ("<a x=\"></a>", false),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", false),
            ("<a></a></a>", false),
        ] {
            assert_eq!(check("x", xml.as_bytes()).is_ok(), passes, "{xml}");
        }
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        assert!(check("x", deep.as_bytes()).is_err());
    }
}
