//! Tests of the reading of dates: each form, placeholders, impossible days, the order of a column.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::import::date_order::{self, ColumnOrder};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn rules() -> DateRules {
    DateRules::day_first(day("2026-03-01"))
}

/// Prints what was read: `from..until precision [time]`.
fn told(cell: &str, rules: &DateRules) -> String {
    match read_date(cell, rules) {
        DateCell::Blank => "blank".into(),
        DateCell::Placeholder(when) => {
            assert_eq!((&*when.raw, when.is_known()), (cell, false));
            "placeholder".into()
        }
        DateCell::Unreadable => "unreadable".into(),
        DateCell::Date { when, time } => {
            let end = |day: Option<Day>| day.map(iso).unwrap_or_default();
            let time = time
                .map(|t| t.format(" %H:%M:%S").to_string())
                .unwrap_or_default();
            let days = if when.exact().is_some() {
                end(when.from)
            } else {
                let name = format!("{:?}", when.precision).to_lowercase();
                format!("{}..{} {name}", end(when.from), end(when.until))
            };
            days + &time
        }
    }
}

fn hold(cases: &[(&str, &str)], rules: &DateRules) {
    for (cell, expected) in cases {
        assert_eq!(told(cell, rules), *expected, "{cell}");
    }
}

#[test]
fn one_day_is_read_however_it_is_written() {
    for cell in [
        "2025-03-01",
        " 2025-03-01\u{a0}",
        "2025/03/01",
        "2025.3.1",
        "20250301",
        "01/03/2025",
        "1/3/2025",
        "01-03-2025",
        "01.03.2025",
        "01 03 2025",
        "1 Mar 2025",
        "01-Mar-2025",
        "1Mar2025",
        "1 MARCH 2025",
        "1st March 2025",
        "1st of March, 2025",
        "Mar 1, 2025",
        "March 1st 2025",
        "2025 March 1",
        "Sat 1 March 2025",
        "Saturday, 1 March 2025",
        "01/03/25",
        "1-Mar-25",
        "1 March '25",
        "'01/03/2025",
    ] {
        assert_eq!(told(cell, &rules()), "2025-03-01", "{cell}");
    }
}

#[test]
fn the_cell_is_kept_unless_it_is_a_plain_iso_date() {
    for (cell, raw) in [
        ("2025-03-01", ""),
        (" 2025-03-01 ", ""),
        ("01/03/2025", "01/03/2025"),
        ("2025-03", "2025-03"),
        ("?2025-03-01", "?2025-03-01"),
        ("2025-03-01T10:00", "2025-03-01T10:00"),
    ] {
        assert_eq!(&*read_date(cell, &rules()).when(cell).raw, raw, "{cell}");
    }
    assert_eq!(
        &*read_date("31/02/2025", &rules()).when("31/02/2025").raw,
        "31/02/2025"
    );
}

#[test]
fn a_time_behind_is_given_back() {
    hold(
        &[
            ("2025-03-01T14:30:00Z", "2025-03-01 14:30:00"),
            ("2025-03-01T14:30:00.000+11:00", "2025-03-01 14:30:00"),
            ("2025-03-01 00:00", "2025-03-01 00:00:00"),
            ("01/03/2025 14:30", "2025-03-01 14:30:00"),
            ("01/03/2025 1430", "2025-03-01 14:30:00"),
            ("01/03/2025 14.30", "2025-03-01 14:30:00"),
            ("01/03/2025 2:30 pm", "2025-03-01 14:30:00"),
            ("1 March 2025 at 2pm", "2025-03-01 14:00:00"),
            ("1 March 2025, 14:30", "2025-03-01 14:30:00"),
            ("Mar 1, 2025 2:30 PM", "2025-03-01 14:30:00"),
            ("20250301T143000Z", "2025-03-01 14:30:00"),
            ("20250301143000", "2025-03-01 14:30:00"),
            ("01/03/2025 25:00", "unreadable"),
            ("2025-03 14:30", "unreadable"),
        ],
        &rules(),
    );
}

#[test]
fn partial_and_uncertain_dates_are_intervals() {
    hold(
        &[
            ("2025", "2025-01-01..2025-12-31 year"),
            ("2025-03", "2025-03-01..2025-03-31 month"),
            ("2024-02", "2024-02-01..2024-02-29 month"),
            ("03/2025", "2025-03-01..2025-03-31 month"),
            ("12/2025", "2025-12-01..2025-12-31 month"),
            ("Mar 2025", "2025-03-01..2025-03-31 month"),
            ("September 2025", "2025-09-01..2025-09-30 month"),
            ("Sept. 2025", "2025-09-01..2025-09-30 month"),
            ("Mar-25", "2025-03-01..2025-03-31 month"),
            ("c. 2025", "2025-01-01..2025-12-31 approximate"),
            ("c2025", "2025-01-01..2025-12-31 approximate"),
            ("circa March 2025", "2025-03-01..2025-03-31 approximate"),
            ("approx 01/03/2025", "2025-03-01..2025-03-01 approximate"),
            ("approx. 2025-03", "2025-03-01..2025-03-31 approximate"),
            ("about 2025", "2025-01-01..2025-12-31 approximate"),
            ("~2025", "2025-01-01..2025-12-31 approximate"),
            ("mid-2025", "2025-01-01..2025-12-31 approximate"),
            ("?12/03/2025", "2025-03-12..2025-03-12 uncertain"),
            ("12/03/2025?", "2025-03-12..2025-03-12 uncertain"),
            ("12/03/2025 (?)", "2025-03-12..2025-03-12 uncertain"),
            ("Mar 2025?", "2025-03-01..2025-03-31 uncertain"),
            ("before 2025-03-01", "..2025-02-28 before"),
            ("Before March 2025", "..2025-02-28 before"),
            ("prior to 01/03/2025", "..2025-02-28 before"),
            ("after 2025-03-01", "2025-03-02.. after"),
            ("after 2025", "2026-01-01.. after"),
            ("since 1 Mar 2025", "2025-03-02.. after"),
        ],
        &rules(),
    );
}

#[test]
fn ranges_hold_both_ends() {
    let march = "2025-03-01..2025-03-05 range";
    hold(
        &[
            ("2025-03-01/2025-03-05", march),
            ("2025-03-01 to 2025-03-05", march),
            ("2025-03-01 - 2025-03-05", march),
            ("01/03/2025 – 05/03/2025", march),
            ("01/03/2025 - 05/03/2025", march),
            ("between 1 March 2025 and 5 March 2025", march),
            ("Between 01/03/2025 and 05/03/2025", march),
            ("from 01/03/2025 to 05/03/2025", march),
            ("2025-03-05/2025-03-01", march),
            ("1 to 5 March 2025", march),
            ("1 - 5 March 2025", march),
            ("2025-01/2025-03", "2025-01-01..2025-03-31 range"),
            ("2024/2025", "2024-01-01..2025-12-31 range"),
            ("Jan to March 2025", "2025-01-01..2025-03-31 range"),
            ("2025-03-01/..", "2025-03-01.. range"),
            ("2025-03-01/9999-12-31", "2025-03-01.. range"),
            ("../2025-03-05", "..2025-03-05 range"),
            ("between 2025-03-01 and 2025-02-31", "unreadable"),
            ("2025-03-01 to yesterday", "unreadable"),
        ],
        &rules(),
    );
}

#[test]
fn placeholders_are_unknown_and_keep_the_cell() {
    for cell in [
        "01/01/1900",
        "1900-01-01",
        "01/01/1800",
        "31/12/9999",
        "9999-12-31",
        "00/00/0000",
        "0000-00-00",
        "00000000",
        "1900-01-01T00:00:00",
        "01/01/1900 00:00",
        "#N/A",
        "not known",
        "Not Known",
        "unknown",
        "n/k",
        "N/K",
        "n/a",
        "none",
        "-",
        "--",
        "?",
        "???",
        "tbc",
        "TBC.",
        "nil",
        "NULL",
        "Not recorded",
        "9999",
        "01/01/0001",
    ] {
        assert_eq!(told(cell, &rules()), "placeholder", "{cell}");
    }
    assert_eq!(read_date("  ", &rules()), DateCell::Blank);
}

#[test]
fn days_that_do_not_exist_fit_no_reading() {
    for cell in [
        "31/02/2025",
        "29/02/2023",
        "2025-02-30",
        "2025-13-01",
        "32/01/2025",
        "00/03/2025",
        "31/04/25",
        "13/13/2025",
        "01/03/1849",
        "01/03/2201",
        "1849",
        "2201",
        "12:30",
        "soon",
        "Mum's birthday",
        "01/03",
        "1 March",
        "Mar 25",
        "01/03/2025 or 02/03/2025",
        "/03/2025",
        "??/03/2025",
        "45717",
        "1",
        "12",
        "2025-03-01x",
        "01/03/20255",
        "1/2/3/2025",
        "01//03/2025",
        "2024/25",
        "March",
        "-01/03/2025",
        "+2025-03-01",
        "2025-",
        "31 Feb 2025",
    ] {
        assert_eq!(told(cell, &rules()), "unreadable", "{cell}");
    }
    hold(
        &[
            ("29/02/2024", "2024-02-29"),
            ("1850", "1850-01-01..1850-12-31 year"),
        ],
        &rules(),
    );
}

#[test]
fn the_century_of_a_short_year_is_not_after_the_as_of_date() {
    hold(
        &[
            ("01/03/26", "2026-03-01"),
            ("02/03/26", "1926-03-02"),
            ("05/06/45", "1945-06-05"),
            ("5 Jun 99", "1999-06-05"),
            ("Apr-26", "1926-04-01..1926-04-30 month"),
        ],
        &rules(),
    );
}

#[test]
fn the_order_of_the_column_decides_only_where_it_is_open() {
    let month_first = DateRules {
        day_first: false,
        ..rules()
    };
    let year_first = DateRules {
        year_first: true,
        ..rules()
    };
    hold(
        &[
            ("03/04/2025", "2025-03-04"),
            ("25/04/2025", "unreadable"),
            ("2025-04-03", "2025-04-03"),
            ("4 Mar 2025", "2025-03-04"),
        ],
        &month_first,
    );
    hold(
        &[("25/04/03", "2025-04-03"), ("03/04/2025", "2025-04-03")],
        &year_first,
    );
}

#[test]
fn serial_dates_are_read_in_spreadsheets_only() {
    let serials = DateRules {
        serials: true,
        ..rules()
    };
    let mac = DateRules {
        from_1904: true,
        ..serials
    };
    hold(
        &[
            ("45717", "2025-03-01"),
            ("45717.604166667", "2025-03-01 14:30:00"),
            ("2025", "2025-01-01..2025-12-31 year"),
            ("0", "placeholder"),
            ("12", "unreadable"),
            ("999999", "unreadable"),
            ("20250301", "2025-03-01"),
        ],
        &serials,
    );
    hold(&[("44255", "2025-03-01")], &mac);
}

#[test]
fn the_days_that_excel_miscounts_are_right() {
    for (serial, date) in [
        (1.0, "1900-01-01"),
        (59.0, "1900-02-28"),
        (61.0, "1900-03-01"),
        (109_939.0, "2200-12-31"),
    ] {
        assert_eq!(
            serials::moment(serial, false).map(|m| m.date()),
            Some(day(date))
        );
    }
    assert_eq!(serials::moment(-1.0, false), None);
    assert_eq!(serials::moment(f64::NAN, true), None);
}

#[test]
fn a_column_shows_its_order_by_the_dates_that_fit_only_one() {
    for (cells, order) in [
        (
            &["01/02/2025", "", "2025-13-13", "x"][..],
            ColumnOrder::NoEvidence,
        ),
        (&["01/02/2025", "25/02/2025"], ColumnOrder::DayFirst),
        (&["01/02/2025", "02/25/2025 14:30"], ColumnOrder::MonthFirst),
        (&["02/25/25"], ColumnOrder::MonthFirst),
        (&["25/02/2025", "02/25/2025"], ColumnOrder::Both),
        (&["31/02/2025", "45/45/2025"], ColumnOrder::NoEvidence),
    ] {
        assert_eq!(
            date_order::of_column(cells.iter().copied()),
            order,
            "{cells:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), serials in any::<bool>()) {
        let _ = read_date(&text, &DateRules { serials, ..rules() });
    }

    #[test]
    fn anything_like_a_date_is_read_without_a_panic_and_within_bounds(
        text in "(c\\. |before |between |\\?)?[0-9]{1,8}[-/. a-zT:]{0,4}[0-9]{0,4}( to | and |/|-|\u{2013})?[0-9é'?]{0,9}",
        serials in any::<bool>(),
    ) {
        let rules = DateRules { serials, ..rules() };
        if let DateCell::Date { when, .. } = read_date(&text, &rules) {
            let (first, last) = (day("1849-12-31"), day("2201-01-01"));
            prop_assert!(when.is_known() && (when.from.is_some() || when.until.is_some()));
            for day in [when.from, when.until].into_iter().flatten() {
                prop_assert!((first..=last).contains(&day), "{}", text);
            }
            if let (Some(from), Some(until)) = (when.from, when.until) {
                prop_assert!(from <= until, "{}", text);
            }
        }
    }

    #[test]
    fn any_day_printed_in_any_form_reads_back(offset in 0_i64..100_000) {
        let date = day("1901-01-02") + TimeDelta::days(offset);
        for form in [
            "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%-d/%-m/%Y", "%-d %b %Y",
            "%-d %B %Y", "%b %-d, %Y", "%A %-d %B %Y", "%a, %d %b %Y", "%d%b%Y", "%d/%m/%YT10:00:00", "%Y-%m-%dT00:00:00Z",
        ] {
            let cell = date.format(form).to_string();
            let read = read_date(&cell, &rules()).when(&cell);
            prop_assert_eq!(read.exact(), Some(date), "{}", cell);
        }
        let serials = DateRules { serials: true, ..rules() };
        let serial = (date - day("1899-12-30")).num_days();
        if serial > 2200 {
            let cell = serial.to_string();
            prop_assert_eq!(read_date(&cell, &serials).when(&cell).exact(), Some(date));
        }
    }

    #[test]
    fn a_short_year_never_reads_as_after_the_as_of_date(d in 1_u32..=28, m in 1_u32..=12, y in 0_u32..100) {
        let cell = format!("{d:02}/{m:02}/{y:02}");
        let date = read_date(&cell, &rules()).when(&cell).exact().unwrap();
        prop_assert!(date <= rules().latest && date > rules().latest - TimeDelta::days(36_525));
    }
}
