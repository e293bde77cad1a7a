//! The rows of the tables as data.

use std::io::Read as _;

use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use sha2::{Digest, Sha256};

use super::super::Draft;
use super::super::audit::{self, Event, Head};
use super::connect::TABLE_NAMES;
use crate::model::decision::Decision;
use crate::model::id::{AgencyId, DecisionId};

/// What the database may tell instead of rows.
pub type Rows<T> = Result<T, rusqlite::Error>;

/// An export as it is kept, apart from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredExport {
    /// Its number in the case.
    pub id: u32,
    /// The path under the folder it came from.
    pub path: String,
    /// The agency named for it on the command line.
    pub agency: Option<AgencyId>,
    /// The agency it was found to be from at import; none where its rows say so, or where it needs none.
    pub found: Option<AgencyId>,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// The import that brought it.
    pub import: u32,
    /// The import that replaced it by a newer one; none while it is current.
    pub replaced_by: Option<u32>,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredImport {
    /// Its number, from 1.
    pub number: u32,
    /// When, as seconds since 1970 (UTC).
    pub at: i64,
    /// By whom.
    pub by: String,
    /// The program's version.
    pub version: String,
}

/// A line of the log as it is kept: the event as the text that its hash is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLine {
    /// Its number, from 1.
    pub number: u64,
    /// When.
    pub at: i64,
    /// By whom.
    pub by: String,
    /// What happened, as JSON.
    pub event: String,
    /// The program's version.
    pub version: String,
    /// The hash.
    pub hash: String,
}

impl RawLine {
    /// What its hash is made from, after the hash of the line before: the line as JSON without its own.
    pub fn content(&self) -> String {
        let text = |value: &str| serde_json::Value::from(value).to_string();
        format!(
            r#"{{"number":{},"at":{},"by":{},"event":{},"version":{}}}"#,
            self.number,
            self.at,
            text(&self.by),
            self.event,
            text(&self.version)
        )
    }

    /// The line read; none when the event is not understood.
    pub fn read(&self) -> Option<audit::Line> {
        Some(audit::Line {
            number: self.number,
            at: self.at,
            by: self.by.clone(),
            event: serde_json::from_str::<Event>(&self.event).ok()?,
            version: self.version.clone(),
            hash: self.hash.clone(),
        })
    }
}

/// All of a table by a statement.
pub fn all<T>(
    connection: &Connection,
    statement: &str,
    read: impl FnMut(&Row<'_>) -> Rows<T>,
) -> Rows<Vec<T>> {
    connection
        .prepare(statement)?
        .query_map([], read)?
        .collect()
}

/// The exports, current and replaced, in the order they came in.
pub fn exports(connection: &Connection) -> Rows<Vec<StoredExport>> {
    all(
        connection,
        "SELECT id, path, agency, found, sha256, import, replaced_by FROM export ORDER BY id",
        read_export,
    )
}

/// An export by its number.
pub fn export(connection: &Connection, id: u32) -> Rows<StoredExport> {
    let statement =
        "SELECT id, path, agency, found, sha256, import, replaced_by FROM export WHERE id = ?1";
    connection.query_row(statement, [id], read_export)
}

fn read_export(row: &Row<'_>) -> Rows<StoredExport> {
    let agency: Option<String> = row.get(2)?;
    let found: Option<String> = row.get(3)?;
    Ok(StoredExport {
        id: row.get(0)?,
        path: row.get(1)?,
        agency: agency.as_deref().map(AgencyId::new),
        found: found.as_deref().map(AgencyId::new),
        sha256: row.get(4)?,
        import: row.get(5)?,
        replaced_by: row.get(6)?,
    })
}

/// The bytes of an export.
pub fn bytes(connection: &Connection, id: u32) -> Rows<Vec<u8>> {
    let (packed, size): (Vec<u8>, i64) = connection.query_row(
        "SELECT bytes, size FROM export WHERE id = ?1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    unpack(&packed, size as u64).ok_or_else(|| broken("the bytes of an export"))
}

/// The salt of an export.
pub fn salt(connection: &Connection, table: &str, key: u32) -> Rows<Vec<u8>> {
    let column = if table == "export" { "id" } else { "number" };
    let statement = format!("SELECT salt FROM {table} WHERE {column} = ?1");
    connection.query_row(&statement, [key], |row| row.get(0))
}

/// Sixteen bytes that nobody can foretell.
pub fn new_salt(connection: &Connection) -> Rows<Vec<u8>> {
    connection.query_row("SELECT randomblob(16)", [], |row| row.get(0))
}

/// The bytes as they are kept.
pub fn pack(bytes: &[u8]) -> Rows<Vec<u8>> {
    let mut packed = Vec::new();
    ZlibEncoder::new(bytes, Compression::default())
        .read_to_end(&mut packed)
        .map_err(|_| broken("the bytes of an export"))?;
    Ok(packed)
}

/// The bytes as they came, if they have the size that was written down.
fn unpack(packed: &[u8], size: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed)
        .take(size.saturating_add(1))
        .read_to_end(&mut bytes)
        .ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}

/// The imports in order.
pub fn imports(connection: &Connection) -> Rows<Vec<StoredImport>> {
    all(
        connection,
        "SELECT number, at, by, version FROM import ORDER BY number",
        |row| {
            Ok(StoredImport {
                number: row.get(0)?,
                at: row.get(1)?,
                by: row.get(2)?,
                version: row.get(3)?,
            })
        },
    )
}

/// The decisions in order, as they were made; which of them stand is not filled in.
pub fn decisions(connection: &Connection) -> Rows<Vec<Decision>> {
    all(
        connection,
        "SELECT number, id, step, verdict, by, why, at, evidence, version FROM decision ORDER BY number",
        |row| {
            Ok(Decision {
                number: row.get(0)?,
                id: DecisionId::new(&row.get::<_, String>(1)?),
                step: row.get(2)?,
                verdict: json(&row.get::<_, String>(3)?)?,
                by: row.get(4)?,
                why: row.get(5)?,
                at: row.get(6)?,
                evidence: json(&row.get::<_, String>(7)?)?,
                version: row.get(8)?,
                withdrawn_by: None,
            })
        },
    )
}

/// Writes a decision, and gives the digest for the log.
pub fn put_decision(connection: &Connection, decision: &Decision, is_new: bool) -> Rows<String> {
    let salt = new_salt(connection)?;
    let put = if is_new { "INSERT" } else { "REPLACE" };
    let statement = format!(
        "{put} INTO decision(number, id, step, verdict, by, why, at, evidence, version, salt)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    );
    connection.execute(
        &statement,
        params![
            decision.number,
            decision.id.as_str(),
            decision.step,
            text(&decision.verdict)?,
            decision.by,
            decision.why,
            decision.at,
            text(&decision.evidence)?,
            decision.version,
            salt
        ],
    )?;
    Ok(decision_digest(decision, &salt))
}

/// The digest of a decision: of its salt and all that it says.
pub fn decision_digest(decision: &Decision, salt: &[u8]) -> String {
    let content = serde_json::to_vec(&(
        decision.number,
        &decision.id,
        decision.step,
        &decision.verdict,
        &decision.by,
        &decision.why,
        decision.at,
        &decision.evidence,
        &decision.version,
    ));
    digest(&[salt, &content.unwrap_or_default()])
}

/// The digest of an export: of its salt, where it came from, and its bytes.
pub fn export_digest(export: &StoredExport, salt: &[u8], bytes: &[u8]) -> String {
    let place = serde_json::to_vec(&(
        export.id,
        &export.path,
        export.agency.as_ref().map(AgencyId::as_str),
        export.found.as_ref().map(AgencyId::as_str),
        export.import,
    ));
    digest(&[salt, &place.unwrap_or_default(), bytes])
}

/// SHA-256 of parts one after the other, in hex.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    audit::hex(&digest.finalize())
}

/// The log as it is kept.
pub fn log(connection: &Connection) -> Rows<Vec<RawLine>> {
    all(
        connection,
        "SELECT number, at, by, event, version, hash FROM audit ORDER BY number",
        |row| {
            Ok(RawLine {
                number: row.get::<_, i64>(0)? as u64,
                at: row.get(1)?,
                by: row.get(2)?,
                event: row.get(3)?,
                version: row.get(4)?,
                hash: row.get(5)?,
            })
        },
    )
}

/// The end of the log; line 0 without a hash while it is empty.
pub fn head(connection: &Connection) -> Rows<Head> {
    let statement = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1";
    let last = connection.query_row(statement, [], |row| {
        Ok(Head {
            number: row.get::<_, i64>(0)? as u64,
            hash: row.get(1)?,
        })
    });
    last.optional().map(Option::unwrap_or_default)
}

/// Texts that were being typed.
pub fn drafts(connection: &Connection) -> Rows<Vec<Draft>> {
    all(
        connection,
        "SELECT place, text FROM draft ORDER BY number",
        |row| {
            Ok(Draft {
                of: json(&row.get::<_, String>(0)?)?,
                text: row.get(1)?,
            })
        },
    )
}

/// A value as JSON text.
pub fn text<T: serde::Serialize>(value: &T) -> Rows<String> {
    serde_json::to_string(value).map_err(|_| broken("a value"))
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Rows<T> {
    serde_json::from_str(text).map_err(|_| broken("a value"))
}

/// A row that says what no row of ours says: it carries the seal, so it was written with the key, but not by this program.
fn broken(what: &'static str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnName(what.to_owned())
}

/// Copies all tables into an empty case.
pub fn copy_all(from: &Connection, to: &Connection) -> Rows<()> {
    for table in TABLE_NAMES {
        let mut read = from.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = read.column_count();
        let places = vec!["?"; columns].join(", ");
        let mut write = to.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
        let mut rows = read.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|at| row.get::<_, Value>(at));
            write.execute(params_from_iter(values.collect::<Rows<Vec<Value>>>()?))?;
        }
    }
    Ok(())
}
