//! What FHIR records need before they are tables: JSON as the same tree that XML gives, and what stands in another record
//! (an id in the Bundle, who recorded it in a Provenance) put into the record itself.

use std::collections::BTreeMap;

use super::Limits;
use super::json_text::Value;
use super::profiles::id_of;
use super::read_error::ReadError;
use super::tree::Node;

/// What records of a kind that is not read are called.
const OTHER: &str = "OtherRecord";

/// The profile's name.
pub const PROFILE: &str = "fhir";

/// Adds a JSON value to a tree: a record, or a list of them.
///
/// # Errors
/// A text that is larger than a cell may be.
pub fn add(root: &mut Node, value: &Value, limits: &Limits) -> Result<(), ReadError> {
    match value {
        Value::List(values) => values.iter().try_for_each(|value| add(root, value, limits)),
        Value::Object(fields) => {
            let node = record(fields, limits)?;
            root.children.push(node);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A record is an element of the name of its type, as in XML.
fn record(fields: &[(String, Value)], limits: &Limits) -> Result<Node, ReadError> {
    let kind = fields.iter().find(|(key, _)| key == "resourceType");
    let name = match kind {
        Some((_, Value::Text(name))) => name.as_str(),
        _ => "record",
    };
    let mut node = Node::leaf(name, "");
    put(&mut node, fields, limits)?;
    Ok(node)
}

fn put(node: &mut Node, fields: &[(String, Value)], limits: &Limits) -> Result<(), ReadError> {
    for (key, value) in fields.iter().filter(|(key, _)| key != "resourceType") {
        // `_birthDate` holds what else is said of `birthDate`
        let name = key.strip_prefix('_').unwrap_or(key);
        field(node, name, value, limits)?;
    }
    Ok(())
}

fn field(node: &mut Node, name: &str, value: &Value, limits: &Limits) -> Result<(), ReadError> {
    match value {
        Value::List(values) => values
            .iter()
            .try_for_each(|value| field(node, name, value, limits)),
        Value::Object(fields) => {
            let mut child = Node::leaf(name, "");
            if fields.iter().any(|(key, _)| key == "resourceType") {
                child.children.push(record(fields, limits)?);
            } else {
                put(&mut child, fields, limits)?;
            }
            node.children.push(child);
            Ok(())
        }
        Value::Null => Ok(()),
        _ => {
            let text = value.cell();
            if text.len() > limits.cell_bytes {
                let problem = format!(
                    "`{name}` holds a text of more than {} bytes",
                    limits.cell_bytes
                );
                return Err(ReadError::limit("cell_bytes", problem));
            }
            node.children.push(Node::leaf(name, text.trim()));
            Ok(())
        }
    }
}

/// Who recorded a record and when, as a Provenance tells it.
type Recorded = BTreeMap<String, Vec<Node>>;

/// Puts into each record what stands outside of it: the id that its Bundle gives it, the patient of a contact, and what a
/// Provenance in the same file says of it.
///
/// Records of a kind that is not read stay in sight under one name, so that it can be told that they are there.
pub fn join(root: &mut Node, read: &[String]) {
    rename(root, read);
    let mut recorded = Recorded::new();
    gather(root, &mut recorded);
    settle(root, &recorded);
}

/// The elements whose children are records.
const AROUND: [&str; 3] = ["resource", "contained", "Bundle"];

fn rename(node: &mut Node, read: &[String]) {
    let is_around = AROUND.contains(&node.name.as_str());
    for child in &mut node.children {
        let is_record = is_around && child.name.starts_with(char::is_uppercase);
        if is_record && child.name != "Bundle" && !read.contains(&child.name) {
            let kind = std::mem::replace(&mut child.name, OTHER.to_owned());
            child.children.insert(0, Node::leaf("resourceType", &kind));
        }
        rename(child, read);
    }
}

fn gather(node: &Node, recorded: &mut Recorded) {
    if node.name == "Provenance" {
        let mut said = vec![Node::leaf("recordedOn", node.text_of("recorded"))];
        for agent in node.children.iter().filter(|child| child.name == "agent") {
            let who = agent.child("who").map_or("", |who| who.text_of("display"));
            said.push(Node::leaf("recordedBy", who));
        }
        said.retain(|leaf| !leaf.text.is_empty());
        for target in node.children.iter().filter(|child| child.name == "target") {
            let key = key_of(target.text_of("reference"));
            recorded.entry(key).or_default().extend(said.clone());
        }
    }
    node.children
        .iter()
        .for_each(|child| gather(child, recorded));
}

/// `Consent/12` of whatever stands around it.
fn key_of(reference: &str) -> String {
    let whole = reference.split("/_history/").next().unwrap_or(reference);
    let mut parts = whole.rsplit('/');
    let id = parts.next().unwrap_or_default();
    match parts.next() {
        Some(kind) => format!("{kind}/{}", id_of(id)),
        None => id_of(id).to_owned(),
    }
}

fn settle(node: &mut Node, recorded: &Recorded) {
    let given = node.text_of("fullUrl").to_owned();
    for resource in node
        .children
        .iter_mut()
        .filter(|child| child.name == "resource")
    {
        for record in &mut resource.children {
            if !given.is_empty() && record.text_of("id").is_empty() {
                record.children.push(Node::leaf("id", id_of(&given)));
            }
        }
    }
    let id = node.text_of("id").to_owned();
    if !id.is_empty() {
        let keys = [format!("{}/{id}", node.name), id.clone()];
        let said = keys.iter().filter_map(|key| recorded.get(key)).flatten();
        node.children.extend(said.cloned().collect::<Vec<_>>());
    }
    if node.name == "Patient" {
        for contact in node
            .children
            .iter_mut()
            .filter(|child| child.name == "contact")
        {
            contact.children.push(Node::leaf("ofPatient", &id));
        }
    }
    node.children
        .iter_mut()
        .for_each(|child| settle(child, recorded));
}
