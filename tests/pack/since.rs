//! What is new since a day: what happened since, and what came in since though it is older.

use super::common::exports;
use super::pack;

const ENTRIES: &str = "entry_id,date,end_date,text,received_on,told\n\
    1,2025-01-05,,happened before and came in before,2025-01-06,yes\n\
    2,2025-01-05,,happened before and came in late,2025-06-03,yes\n\
    3,2025-01-05,,happened before and nobody knows when it came in,,yes\n\
    4,2025-01-05,2025-07-01,began before and went on,2025-01-06,yes\n\
    5,2025-06-02,,happened since,,yes\n\
    6,,,has no date at all,,yes\n\
    7,,,has no date and came in before,2025-01-06,yes\n";

#[test]
fn what_came_in_since_the_last_meeting_is_new_however_old_it_is() {
    let case = exports(&[("police/e.csv", ENTRIES)]);
    let more = ["--since", "2025-06-01", "--format", "text"];
    let page = pack(case.path(), "conference", "police", &more);
    for (text, is_new) in [
        ("happened before and came in before", false),
        ("happened before and came in late", true),
        ("happened before and nobody knows", false),
        ("began before and went on", true),
        ("happened since", true),
        ("has no date at all", true),
        ("has no date and came in before", false),
    ] {
        assert_eq!(page.contains(text), is_new, "{text}");
    }
    assert!(page.contains("came in 3 Jun 2025"));
    for text in [
        "3 earlier facts are not printed; when 1 of them came in is not recorded.",
        "New since 1 Jun 2025: 4 facts",
        "1 of them has no date and may be older.",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
}
