//! The job, in Spark's SQL: records to keys, keys together, pairs out.

use std::env;
use std::path::Path;

use super::Failure;
use super::folder::JobFolder;
use crate::cli::source::shown;

/// What a path means to Hadoop beside itself.
const GLOB: [char; 8] = ['*', '?', '[', ']', '{', '}', '^', '\\'];

/// How lines go to a worker and come back. Without it Spark gives the columns unsplit.
const LINES: &str = r"ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' LINES TERMINATED BY '\n'";

/// The job of a folder.
///
/// # Errors
/// When a path cannot be written in SQL.
pub fn sql(folder: &JobFolder) -> Result<String, Failure> {
    let own = env::current_exe().map_err(|fault| {
        Failure::new(
            format!("--engine spark: where this program is cannot be found out: {fault}"),
            "start it by its whole path",
        )
    })?;
    let (rows, edges) = (folder.path("rows"), folder.path("edges"));
    let (rows, edges) = (location(&rows)?, location(&edges)?);
    let own = word(text(&own)?);
    let plan = word(text(&folder.path("plan.json"))?);
    let model = word(text(&folder.path("model.json"))?);
    let keys = literal(&format!("{own} link-worker keys --plan {plan}"));
    let score = literal(&format!(
        "{own} link-worker score --plan {plan} --model {model}"
    ));
    Ok(format!(
        "-- Written by casepicture link --engine spark.
CREATE TEMPORARY VIEW records USING text OPTIONS (path {rows});

INSERT OVERWRITE DIRECTORY {edges} USING text
SELECT TRANSFORM(pass, block, record) {LINES}
  USING {score} AS (edge STRING) {LINES}
FROM (
  SELECT pass, block, record FROM (
    SELECT TRANSFORM(value) {LINES}
      USING {keys} AS (pass STRING, block STRING, record STRING) {LINES}
    FROM records
  ) AS keyed
  DISTRIBUTE BY pass, block SORT BY pass, block
) AS blocks;
"
    ))
}

fn text(path: &Path) -> Result<&str, Failure> {
    let text = path
        .to_str()
        .filter(|text| !text.contains(char::is_control));
    text.ok_or_else(|| {
        Failure::new(
            format!(
                "--engine spark: {}: Spark cannot be told this path",
                shown(path)
            ),
            "use a folder with a plain name",
        )
    })
}

/// A path as Hadoop takes it.
fn location(path: &Path) -> Result<String, Failure> {
    let text = text(path)?;
    if text.contains(GLOB) {
        return Err(Failure::new(
            format!(
                "--engine spark: {}: Spark reads * ? [ ] {{ }} ^ and \\ in a path as something else",
                shown(path)
            ),
            "choose a folder without them with --spark-dir",
        ));
    }
    Ok(literal(&format!("file:{text}")))
}

/// A word of a shell.
fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text in SQL.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_what_they_are() {
        assert_eq!(literal(&word("/a b/it's")), r"'\'/a b/it\'\\\'\'s\''");
        assert_eq!(location(Path::new("/a b")), Ok("'file:/a b'".to_owned()));
        for wrong in ["/a*", "/a{b}", "/a[1]", "/a\\b", "/a\nb"] {
            assert!(location(Path::new(wrong)).is_err(), "{wrong}");
        }
    }
}
