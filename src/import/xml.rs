//! Reads XML into a tree: no document type at all, no deeper than the limit, no larger text than a cell may have.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Limits;
use super::decode::{decode, not_text};
use super::read_error::{Fault, ReadError};
use super::tree::{DEEPEST, Node};

/// Reads a file; gives the root element and the encoding.
///
/// # Errors
/// No XML, one that is broken off, one with a document type, or a limit that was passed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Node, &'static str), ReadError> {
    if let Some(error) = not_text(bytes) {
        return Err(error);
    }
    let (text, encoding) = decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::empty());
    }
    Ok((parse(&text, limits)?, encoding))
}

/// The elements that are open, the root first, and the one that was closed last of all.
struct Open<'a> {
    stack: Vec<Node>,
    root: Option<Node>,
    limits: &'a Limits,
}

fn parse(text: &str, limits: &Limits) -> Result<Node, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut open = Open {
        stack: Vec::new(),
        root: None,
        limits,
    };
    loop {
        let event = reader.read_event().map_err(|fault| {
            let line = line_at(text, reader.error_position());
            broken(line, &fault.to_string())
        })?;
        let line = || line_at(text, reader.buffer_position());
        match event {
            Event::Start(tag) => {
                let node = node(&tag, limits).map_err(|why| why.at(line()))?;
                open.stack.push(node);
                if open.stack.len() > DEEPEST {
                    let problem = format!(
                        "elements stand more than {DEEPEST} deep inside each other (line {})",
                        line()
                    );
                    let hint = "no export needs that; ask the agency to send it again";
                    return Err(ReadError::new(Fault::Limit, problem, hint));
                }
            }
            Event::Empty(tag) => {
                let node = node(&tag, limits).map_err(|why| why.at(line()))?;
                open.close(node);
            }
            Event::End(_) => match open.stack.pop() {
                Some(node) => open.close(node),
                None => return Err(broken(line(), "an element is closed that was not open")),
            },
            Event::Text(part) => open.add(&part.xml10_content())?,
            Event::CData(part) => open.add(&part.xml10_content())?,
            Event::GeneralRef(named) => {
                let unknown =
                    || broken(line(), "it uses an entity that XML does not have by itself");
                open.add(&of_entity(&named).ok_or_else(unknown)?)?;
            }
            Event::DocType(_) => {
                return Err(ReadError::new(
                    Fault::NotReadable,
                    "the file has a document type (DTD), which is not read",
                    "ask the agency to export it without one",
                ));
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match open.root {
        Some(root) if open.stack.is_empty() => Ok(root),
        _ => {
            let line = text.lines().count();
            Err(broken(line, "the file ends inside an element"))
        }
    }
}

/// What a character reference or one of the five entities of XML stands for; no other is known without a DTD.
fn of_entity(named: &BytesRef<'_>) -> Option<String> {
    match named.resolve_char_ref() {
        Ok(Some(c)) => Some(c.to_string()),
        Ok(None) => resolve_predefined_entity(named).map(str::to_owned),
        Err(_) => None,
    }
}

impl Open<'_> {
    fn close(&mut self, mut node: Node) {
        let text = node.text.trim().to_owned();
        node.text = text;
        match self.stack.last_mut() {
            Some(around) => around.children.push(node),
            None => self.root = self.root.take().or(Some(node)),
        }
    }

    fn add(&mut self, text: &str) -> Result<(), ReadError> {
        let Some(node) = self.stack.last_mut() else {
            return Ok(());
        };
        if node.text.len() + text.len() > self.limits.cell_bytes {
            return Err(too_long(&node.name, self.limits));
        }
        node.text.push_str(text);
        Ok(())
    }
}

/// Why an element cannot be read, before its line is known.
enum Why {
    Broken(String),
    TooLong(ReadError),
}

impl Why {
    fn at(self, line: usize) -> ReadError {
        match self {
            Self::Broken(what) => broken(line, &what),
            Self::TooLong(error) => error,
        }
    }
}

/// An element with its attributes. The attribute `value` is the element's text, as FHIR writes it; others are elements in it.
fn node(tag: &BytesStart<'_>, limits: &Limits) -> Result<Node, Why> {
    let name = tag.local_name().into_inner().to_owned();
    let mut node = Node::leaf(&name, "");
    let mut attributes = tag.attributes();
    // looking for doubles takes ever longer the more there are
    attributes.with_checks(false);
    for attribute in attributes {
        let attribute = attribute.map_err(|fault| Why::Broken(fault.to_string()))?;
        let key = attribute.key.into_inner().to_owned();
        if attribute.value.len() > limits.cell_bytes {
            return Err(Why::TooLong(too_long(&key, limits)));
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|fault| Why::Broken(fault.to_string()))?;
        match key.as_str() {
            "value" => value.trim().clone_into(&mut node.text),
            key if key.starts_with("xmlns") || key.starts_with("xsi:") => {}
            key => node.children.push(Node::leaf(key, value.trim())),
        }
    }
    Ok(node)
}

fn too_long(name: &str, limits: &Limits) -> ReadError {
    let name: String = name.chars().take(40).collect();
    let problem = format!(
        "`{name}` holds a text of more than {} bytes",
        limits.cell_bytes
    );
    ReadError::limit("cell_bytes", problem)
}

fn broken(line: usize, what: &str) -> ReadError {
    let what = what.lines().next().unwrap_or_default();
    let what: String = what.chars().take(160).collect();
    ReadError::new(
        Fault::Damaged,
        format!("the XML cannot be read at line {line}: {what}"),
        "the file may be broken off; ask the agency to send it again",
    )
}

fn line_at(text: &str, position: u64) -> usize {
    let end = usize::try_from(position)
        .unwrap_or(usize::MAX)
        .min(text.len());
    let before = text.as_bytes().get(..end).unwrap_or_default();
    before.split(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        read(text.as_bytes(), &Limits::default())
            .map_or_else(|error| error.problem, |_| String::new())
    }

    #[test]
    fn text_attributes_and_entities_are_read() {
        let (root, encoding) = read(
            "<?xml version=\"1.0\"?><a xmlns=\"x\"><b>Tom &amp; <!-- no -->Ann&#233;</b><c value=\"1 &lt; 2\"/><d k='v'/></a>".as_bytes(),
            &Limits::default(),
        )
        .unwrap();
        assert_eq!(
            (root.text_of("b"), root.text_of("c"), encoding),
            ("Tom & Anné", "1 < 2", "UTF-8")
        );
        assert_eq!(root.child("d").map(|d| d.text_of("k")), Some("v"));
        let wide: Vec<u8> = "<a><b>Zoë</b></a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let (root, encoding) = read(&wide, &Limits::default()).unwrap();
        assert_eq!((root.text_of("b"), encoding), ("Zoë", "UTF-16LE"));
    }

    #[test]
    fn hostile_files_are_refused_with_a_line_that_says_why() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        let long = format!("<a b=\"{}\"/>", "x".repeat(20 << 20));
        for (text, says) in [
            ("<a><b>", "ends inside an element"),
            ("<a><b></a>", "line 1"),
            (
                "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                "document type",
            ),
            ("<a>&x;</a>", "entity"),
            (deep.as_str(), "256 deep"),
            (long.as_str(), "1048576 bytes"),
            ("<a b=\"x", "line 1"),
            ("</a>", "line 1"),
            ("nothing at all", "ends inside"),
        ] {
            let problem = problem(text);
            assert!(
                problem.contains(says) && !problem.contains('\n'),
                "{says}: {problem}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = read(&bytes, &Limits::default());
        }

        #[test]
        fn no_piece_of_xml_makes_it_panic(text in "[<>/a-c =\"'&;#!?x\\[\\]-]{0,80}") {
            let _ = read(text.as_bytes(), &Limits::default());
        }
    }
}
