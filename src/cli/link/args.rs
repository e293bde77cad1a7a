//! The options of `link`, as typed and as meant.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::import::config::DateOrder;
use crate::import::roster::Layout;
use crate::model::settings::WithinSource;

const COLUMNS: &str = "What the columns are";
const MATCHING: &str = "Matching";
const OUTPUT: &str = "What comes out";
const RUNNING: &str = "Running";

const MAP: &str = "Say what columns hold, as FIELD=COLUMN,...; columns joined by a space with +, by a dash with -\n\n\
For example given_name=fname,address=street_no+street,date_of_birth=yy-mm-dd. Headers that are well known need none of \
this. Fields: record_id, agency, given_name, middle_names, family_name, other_names, full_name, date_of_birth, sex, \
address, postcode, phone, email, household_id, nhs_number and the other identifiers of the plain profile.";

const ENGINES: &str = "Where the work is done; the result is the same\n\n\
With spark, the files are read, the model is learnt and the persons are joined on this machine; blocking and comparing, which \
is most of the work, run on the executors of a Spark 4 cluster that is there already, by `spark-sql` of SPARK_HOME or PATH. \
casepicture must be at the same path on every machine that runs executors, and --spark-dir (or --out) a folder that all of \
them see. The records lie in it, in spark-job, until the run is over: choose one that is as well guarded as the files.";

/// Arguments of `link`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Example:\n  casepicture link csc.csv police.csv health.csv --out linked --report linked.html\n\n\
Exit codes: 0 done; 1 done, with rejected rows; 2 could not; 128 and the signal's number when stopped, with nothing written."
)]
pub struct Link {
    /// Person files, a header and one row a record
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Folder for persons.csv, pairs.csv, model.json and rejects.csv; made when it is not there
    #[arg(long, value_name = "DIR", help_heading = OUTPUT, required_unless_present_any = ["explain", "truth", "report"])]
    pub out: Option<PathBuf>,
    /// Write a report as one HTML file: what was learnt, the cut-off, the weakest joints
    #[arg(long, value_name = "FILE.html", help_heading = OUTPUT)]
    pub report: Option<PathBuf>,
    /// Overwrite files that are there already
    #[arg(long, help_heading = OUTPUT)]
    pub force: bool,
    /// Print how the weight of one pair comes about; ids as AGENCY:RECORD, or RECORD alone where only one agency has it
    #[arg(long, num_args = 2, value_names = ["LEFT", "RIGHT"], help_heading = OUTPUT)]
    pub explain: Option<Vec<String>>,

    /// Say what columns hold, as FIELD=COLUMN,...; columns joined by a space with +, by a dash with -
    #[arg(long, value_name = "FIELD=COLUMN,...", help_heading = COLUMNS, long_help = MAP)]
    pub map: Vec<String>,
    /// Compare further columns as text, their weights learnt like the others'; towns, counties, places of birth and occupations
    /// are compared anyway where headers say so
    #[arg(long, value_name = "COLUMN,...", help_heading = COLUMNS)]
    pub compare: Vec<String>,
    /// How dates like 03/04/2025 are written; without it, found from the values
    #[arg(long, value_enum, value_name = "ORDER", help_heading = COLUMNS)]
    pub date_order: Option<Order>,
    /// The column that says who is who in truth: prints how right the result is, and is used for nothing else
    #[arg(long, value_name = "COLUMN", help_heading = COLUMNS)]
    pub truth: Option<String>,

    /// What may become of two records of one agency
    #[arg(long, value_enum, value_name = "WHAT", default_value_t, help_heading = MATCHING)]
    pub within_source: Within,
    /// Link pairs from this probability on, 0.01 to 1; without it, set from the data so that the expected F1 is highest
    #[arg(long, value_name = "PROBABILITY", value_parser = probability, help_heading = MATCHING)]
    pub threshold: Option<f64>,
    /// Use a model.json that an earlier run wrote, instead of learning one
    #[arg(long, value_name = "FILE", help_heading = MATCHING)]
    pub model: Option<PathBuf>,

    /// How many threads to use; without it, as many as the machine has. The result is the same
    #[arg(long, value_name = "N", value_parser = threads, help_heading = RUNNING)]
    pub threads: Option<usize>,
    /// Where the work is done; the result is the same
    #[arg(long, value_enum, value_name = "ENGINE", default_value_t, help_heading = RUNNING, long_help = ENGINES)]
    pub engine: Engine,
    /// The master of the Spark cluster; without it, what Spark's own configuration says
    #[arg(long, value_name = "URL", help_heading = RUNNING)]
    pub spark_master: Option<String>,
    /// The folder that all executors see at this same path; without it, that of --out
    #[arg(long, value_name = "DIR", help_heading = RUNNING)]
    pub spark_dir: Option<PathBuf>,
    /// Leave the Spark job in spark-job: its SQL, what Spark said, and the records
    #[arg(long, help_heading = RUNNING)]
    pub keep_job: bool,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
    /// Year, month, day
    Ymd,
}

/// What may become of two records of one agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Within {
    /// Linked like any pair
    #[default]
    Link,
    /// Compared and listed in pairs.csv, never linked
    Review,
    /// Not compared
    Never,
}

/// Where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Engine {
    /// On this machine
    #[default]
    Local,
    /// On a Spark cluster that is there already
    Spark,
}

/// What the options mean.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How the files are to be read.
    pub layout: Layout,
    /// Pairs of one agency.
    pub within_source: WithinSource,
}

impl Link {
    /// Reads what the options mean.
    ///
    /// # Errors
    /// When one means nothing.
    pub fn read(&self) -> Result<Asked, Failure> {
        if self
            .truth
            .as_deref()
            .is_some_and(|column| column.trim().is_empty())
        {
            return Err(Failure::new(
                "--truth: no column is named",
                "write --truth COLUMN",
            ));
        }
        let of_spark = [
            ("--spark-master", self.spark_master.is_some()),
            ("--spark-dir", self.spark_dir.is_some()),
            ("--keep-job", self.keep_job),
        ];
        if let (Engine::Local, Some((option, _))) =
            (self.engine, of_spark.iter().find(|(_, given)| *given))
        {
            return Err(Failure::new(
                format!("{option}: this is for --engine spark"),
                "add --engine spark, or leave it out",
            ));
        }
        let layout = Layout {
            map: mapped(&self.map)?,
            compare: listed(&self.compare)?,
            date_order: self.date_order.map(|order| match order {
                Order::Dmy => DateOrder::Dmy,
                Order::Mdy => DateOrder::Mdy,
                Order::Ymd => DateOrder::Ymd,
            }),
            truth: self.truth.clone(),
        };
        let within_source = match self.within_source {
            Within::Link => WithinSource::Link,
            Within::Review => WithinSource::Review,
            Within::Never => WithinSource::Never,
        };
        Ok(Asked {
            layout,
            within_source,
        })
    }

    /// Whether a pair is to be explained and nothing else is wanted, so that a kept model makes linking unnecessary.
    pub fn only_explains(&self) -> bool {
        self.out.is_none() && self.report.is_none() && self.truth.is_none()
    }
}

/// Splits `FIELD=COLUMN,FIELD=COLUMN`. A comma that no `FIELD=` follows is part of a column's name.
fn mapped(given: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let mut all: Vec<(String, String)> = Vec::new();
    for text in given {
        let first = all.len();
        for part in text.split(',') {
            match part.split_once('=') {
                Some((field, column)) => {
                    all.push((field.trim().to_owned(), column.trim().to_owned()));
                }
                None if all.len() > first && !part.trim().is_empty() => {
                    if let Some((_, column)) = all.last_mut() {
                        column.push(',');
                        column.push_str(part);
                    }
                }
                None => return Err(not_mapped(text, part)),
            }
        }
        if let Some((field, column)) = all
            .iter()
            .skip(first)
            .find(|(field, column)| field.is_empty() || column.is_empty())
        {
            return Err(not_mapped(text, &format!("{field}={column}")));
        }
    }
    let mut fields: Vec<&str> = all.iter().map(|(field, _)| field.as_str()).collect();
    fields.sort_unstable();
    if let Some(twice) = fields
        .windows(2)
        .find_map(|two| (two.first() == two.last()).then(|| two.first()).flatten())
    {
        return Err(Failure::new(
            format!("--map: {twice} is named twice"),
            format!(
                "name each field once; columns are joined by + or -: --map {twice}=COLUMN+COLUMN"
            ),
        ));
    }
    Ok(all)
}

fn not_mapped(text: &str, part: &str) -> Failure {
    Failure::new(
        format!("--map {text}: `{}` is not FIELD=COLUMN", part.trim()),
        "write --map given_name=fname,family_name=lname",
    )
}

/// Splits `COLUMN,COLUMN`.
fn listed(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for text in given {
        for part in text.split(',').map(str::trim) {
            if part.is_empty() {
                return Err(Failure::new(
                    format!("--compare {text}: a column's name is missing"),
                    "write --compare ward,nationality",
                ));
            }
            if !all.iter().any(|known| known == part) {
                all.push(part.to_owned());
            }
        }
    }
    Ok(all)
}

fn probability(text: &str) -> Result<f64, String> {
    let number: f64 = text
        .trim()
        .parse()
        .map_err(|_| "this is no number; write a probability such as 0.9".to_owned())?;
    if (0.01..=1.0).contains(&number) {
        Ok(number)
    } else if (1.0..=100.0).contains(&number) {
        Err(format!(
            "a probability is at most 1; write {} for {number}%",
            number / 100.0
        ))
    } else {
        Err("it lies between 0.01 and 1: pairs below 0.01 are not kept".to_owned())
    }
}

fn threads(text: &str) -> Result<usize, String> {
    const MOST: usize = 1024;
    match text.trim().parse() {
        Ok(number) if (1..=MOST).contains(&number) => Ok(number),
        _ => Err(format!("write a whole number from 1 to {MOST}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(given: &[&str]) -> Result<Vec<(String, String)>, Failure> {
        mapped(
            &given
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn fields_and_columns_are_split_at_the_commas_between_them() {
        let pair = |field: &str, column: &str| (field.to_owned(), column.to_owned());
        assert_eq!(
            map(&[
                "given_name=fname, address=no+street",
                "date_of_birth=yy-mm-dd"
            ]),
            Ok(vec![
                pair("given_name", "fname"),
                pair("address", "no+street"),
                pair("date_of_birth", "yy-mm-dd")
            ])
        );
        assert_eq!(
            map(&["full_name=Name, all"]),
            Ok(vec![pair("full_name", "Name, all")])
        );
        assert_eq!(map(&["sex=a=b"]), Ok(vec![pair("sex", "a=b")]));
    }

    #[test]
    fn what_is_no_mapping_is_told() {
        for (given, told) in [
            (vec!["fname"], "`fname` is not FIELD=COLUMN"),
            (vec![""], "`` is not FIELD=COLUMN"),
            (vec!["=fname"], "`=fname` is not"),
            (vec!["sex="], "`sex=` is not"),
            (vec!["sex=a", "sex=b"], "sex is named twice"),
        ] {
            let failure = map(&given).unwrap_err().to_string();
            assert!(
                failure.contains(told) && failure.contains("hint: "),
                "{failure}"
            );
        }
        assert!(listed(&["city,,x".to_owned()]).is_err());
        assert_eq!(
            listed(&["city, x".to_owned(), "city".to_owned()]),
            Ok(vec!["city".to_owned(), "x".to_owned()])
        );
    }

    #[test]
    fn probabilities_and_threads_are_in_range() {
        assert_eq!((probability("0.9"), probability(" 1 ")), (Ok(0.9), Ok(1.0)));
        for wrong in ["0", "-0.5", "95", "x", "NaN", "inf", "1e9", ""] {
            assert!(probability(wrong).is_err(), "{wrong}");
        }
        assert!(probability("95").unwrap_err().contains("0.95"));
        assert_eq!(threads("16"), Ok(16));
        for wrong in ["0", "-1", "two", "99999"] {
            assert!(threads(wrong).is_err(), "{wrong}");
        }
    }
}
