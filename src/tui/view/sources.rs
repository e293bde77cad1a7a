//! The sources: agencies, files with the rows that were not used, requests.

use chrono::Months;
use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::model::date::{When, iso};
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::source::SourceFile;
use crate::tui::action::View;
use crate::tui::index::AgencySummary;
use crate::tui::text;

/// Rejected rows and cells listed for a file before it is said how many more there are.
const REJECTS: usize = 500;

/// An agency in a list.
pub fn agency_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(agency) = scene.index.agencies.get(at) else {
        return Line::default();
    };
    let name = scene.picture.supplied.agency_name(&agency.id);
    let room = if scene.width < 70 { 14 } else { 24 };
    let mut spans = vec![Span::styled(
        format!("  {} ", text::pad(name, room)),
        scene.theme.bar(),
    )];
    if agency.facts.is_empty() && agency.records == 0 && agency.entries == 0 {
        let words = if scene.index.seen.is_some() {
            "nothing that is shown here"
        } else {
            "no data supplied"
        };
        spans.push(Span::styled(words, scene.theme.dim()));
        return Line::from(spans);
    }
    let last = agency
        .span
        .map_or("no date".to_owned(), |(_, last)| iso(last));
    let facts = format!(
        "{:>5} facts {:>4} relied on, last {last}",
        agency.facts.len(),
        agency.cited
    );
    spans.push(Span::raw(facts));
    if scene.model.view == View::Sources && scene.width >= 90 {
        let (used, rejected) = agency.rows;
        spans.push(Span::raw(format!(
            "  rows used {used}, rejected {rejected}"
        )));
    }
    Line::from(spans)
}

/// A file in a list.
pub fn file_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(file) = scene.picture.supplied.files.get(at) else {
        return Line::default();
    };
    let rejected = if file.rejected > 0 {
        scene.theme.flag(2)
    } else {
        scene.theme.plain()
    };
    let room = scene.width.saturating_sub(36);
    Line::from(vec![
        Span::raw(format!("  {} ", text::pad(&file.path, room))),
        Span::raw(format!("{:>7} used ", file.used)),
        Span::styled(format!("{:>6} rejected", file.rejected), rejected),
    ])
}

/// A request in a list.
pub fn request_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let supplied = &scene.picture.supplied;
    let Some(request) = supplied.requests.get(at) else {
        return Line::default();
    };
    let result = if request.result.is_blank() {
        "no answer recorded"
    } else {
        request.result.text()
    };
    let asked = when(&request.asked_on);
    let words = format!("asked {asked}, due {}: {result}", when(&request.due_on));
    let room = scene.width.saturating_sub(22);
    Line::from(vec![
        Span::styled(
            format!("  {} ", text::pad(supplied.agency_name(&request.asked), 18)),
            scene.theme.bar(),
        ),
        Span::raw(text::fit(&words, room)),
    ])
}

/// A date as it is known, in words where it is not a day.
pub fn when(when: &When) -> String {
    let (date, end) = (when.date_cell(), when.end_cell());
    match (when.is_known(), end.is_empty()) {
        (false, _) if when.raw.is_empty() => "not known".to_owned(),
        (false, _) => format!("not known (“{}”)", when.raw),
        (true, true) if when.exact().is_some() => date,
        (true, true) => format!("{date} ({})", when.precision.phrase()),
        (true, false) => format!("{date} to {end} ({})", when.precision.phrase()),
    }
}

/// Months shown month by month.
const MONTHS: u32 = 12;

/// How many facts an agency tells in each of the twelve months up to the as-of date, the first month first: where it is
/// silent shows as `-`.
fn by_month(scene: Scene<'_>, agency: &AgencySummary) -> String {
    let last = scene.picture.as_of;
    let months = (0..MONTHS)
        .rev()
        .filter_map(|back| last.checked_sub_months(Months::new(back)));
    let counts = months.clone().map(|day| {
        let count = agency.months.get(&day.format("%Y-%m").to_string());
        count.map_or_else(|| "-".to_owned(), ToString::to_string)
    });
    let counts: Vec<String> = counts.collect();
    let first = months
        .clone()
        .next()
        .map(|day| day.format("%b %Y").to_string())
        .unwrap_or_default();
    format!("{} ({first} to {})", counts.join(" "), last.format("%b %Y"))
}

/// What is known of an agency.
pub fn agency(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (supplied, Some(agency)) = (&scene.picture.supplied, scene.index.agencies.get(at)) else {
        return;
    };
    page.styled(supplied.agency_name(&agency.id), scene.theme.heading());
    let known = supplied.agency(&agency.id);
    page.field("kind", known.map_or("", |a| a.kind.phrase()));
    let counts = format!(
        "{} entries, {} records; {} facts, {} of them relied on",
        agency.entries,
        agency.records,
        agency.facts.len(),
        agency.cited
    );
    page.field(
        "supplied",
        if known.is_some_and(|a| a.supplied) {
            &counts
        } else {
            "no data supplied"
        },
    );
    if let Some((first, last)) = agency.span {
        page.field("told about", &format!("{} to {}", iso(first), iso(last)));
    }
    if !agency.months.is_empty() {
        page.field("month by month", &by_month(scene, agency));
    }
    for file in agency.files.iter().filter_map(|at| supplied.files.get(*at)) {
        page.field(
            "file",
            &format!(
                "{}: {} rows, {} used, {} rejected",
                file.path, file.rows, file.used, file.rejected
            ),
        );
    }
    coverage(scene, &agency.id, page);
}

/// What an agency's export covers, with whom it is involved, what it was asked.
fn coverage(scene: Scene<'_>, id: &AgencyId, page: &mut Page) {
    let supplied = &scene.picture.supplied;
    for coverage in supplied.coverage.iter().filter(|c| c.agency == *id) {
        page.field(
            "covers",
            &format!("{} to {}", when(&coverage.from), when(&coverage.to)),
        );
        page.field("synchronised", &when(&coverage.last_synchronised));
        page.field("records there", coverage.records_available.text());
        page.field("explanation", &coverage.explanation);
    }
    let involved = supplied
        .involvements
        .iter()
        .filter(|i| i.involved.as_ref() == Some(id));
    for involvement in involved {
        let person = scene
            .picture
            .supplied
            .record(&involvement.record)
            .and_then(|r| scene.picture.people.person_of.get(r));
        let name = person.map_or(involvement.record.as_str(), |p| {
            scene.picture.person_name(*p)
        });
        let said = supplied.agency_name(&involvement.agency);
        page.field(
            "involved",
            &format!(
                "with {name} from {} to {}, says {said}",
                when(&involvement.from),
                when(&involvement.to)
            ),
        );
    }
    for request in supplied.requests.iter().filter(|r| r.asked == *id) {
        let result = if request.result.is_blank() {
            "no answer recorded"
        } else {
            request.result.text()
        };
        page.field(
            "asked",
            &format!(
                "{} ({}): {result}. {}",
                request.question,
                when(&request.asked_on),
                request.reason
            ),
        );
    }
}

/// What is known of a file, and what of it was not used as given.
pub fn file(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (supplied, Some(file)) = (
        &scene.picture.supplied,
        scene.picture.supplied.files.get(at),
    ) else {
        return;
    };
    page.styled(&file.path, scene.theme.heading());
    page.field(
        "agency",
        file.agency
            .as_ref()
            .map_or("", |id| supplied.agency_name(id)),
    );
    page.field(
        "read as",
        &format!(
            "{}, {}",
            if file.profile.is_empty() {
                "not read"
            } else {
                &file.profile
            },
            file.encoding
        ),
    );
    page.field(
        "rows",
        &format!(
            "{}: {} used, {} rejected",
            file.rows, file.used, file.rejected
        ),
    );
    page.field("SHA-256", &file.sha256);
    not_used(scene, file, page);
}

/// The rows and cells of a file that were not used as given.
fn not_used(scene: Scene<'_>, file: &SourceFile, page: &mut Page) {
    let supplied = &scene.picture.supplied;
    let is_of = |name: &str| {
        name.strip_prefix(file.path.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
    };
    let start = supplied
        .rejects
        .partition_point(|reject| reject.file < file.path);
    let rejects = supplied.rejects.get(start..).unwrap_or(&[]);
    let end = rejects.partition_point(|reject| reject.file.starts_with(&file.path));
    let rejects = rejects.get(..end).unwrap_or(&[]);
    page.heading(&format!(
        "Not used as given ({})",
        rejects.iter().filter(|r| is_of(&r.file)).count()
    ));
    for reject in rejects.iter().filter(|r| is_of(&r.file)).take(REJECTS) {
        let row = reject
            .row
            .map_or("the file".to_owned(), |row| format!("row {row}"));
        let column = if reject.column.is_empty() {
            String::new()
        } else {
            format!(", column {}", reject.column)
        };
        let value = if reject.value.is_empty() {
            String::new()
        } else {
            format!(": “{}”", reject.value)
        };
        page.item(
            "-",
            &format!(
                "{row}{column}{value}. {} {} (kept: {})",
                reject.problem, reject.hint, reject.kept
            ),
        );
    }
    if rejects.len() > REJECTS {
        page.text(&format!(
            "and {} more; all are in rejects.csv",
            rejects.len() - REJECTS
        ));
    }
}

/// What is known of a request.
pub fn request(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (supplied, Some(request)) = (
        &scene.picture.supplied,
        scene.picture.supplied.requests.get(at),
    ) else {
        return;
    };
    page.styled(
        &format!(
            "Request {} to {}",
            request.id,
            supplied.agency_name(&request.asked)
        ),
        scene.theme.heading(),
    );
    for (label, value) in [
        ("question", request.question.clone()),
        ("asked by", request.asked_by.clone()),
        ("asked on", when(&request.asked_on)),
        ("due on", when(&request.due_on)),
        ("answered on", when(&request.answered_on)),
        ("result", request.result.text().to_owned()),
        ("reason", request.reason.clone()),
        ("basis", request.basis.clone()),
        ("source row", request.row.text(&supplied.files)),
    ] {
        page.field(label, &value);
    }
}
