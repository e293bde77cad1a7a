//! Text from outside stays text in every field, and in a template.

use super::common::exports;
use super::pack;

/// Text that tries to be a tag, an attribute, a style, a link, a command, a turned direction.
const HOSTILE: &str = "\"\"><script>alert(1)</script><img src=x onerror=alert(2)><style>*{display:none}</style><a href=https://example.invalid/>x</a>\u{202e}\u{1b}[31m";

/// A folder of exports in which every cell is hostile.
pub fn hostile() -> tempfile::TempDir {
    let h = HOSTILE;
    let people = format!(
        "record_id,name,date_of_birth,role,sex,household_id,address\n\"a{h}\",\"{h}\",2015-01-02,child,f,1,\"{h}\"\n\"m\",\"M {h}\",1985-01-02,mother,f,1,\"{h}\"\n"
    );
    let relations = format!("record_id,related_record_id,relationship\n\"m\",\"a{h}\",\"{h}\"\n");
    let entries = format!(
        "entry_id,date,text,record_ids,category,action,outcome,child_view,family_view,told_by,basis,slot,value,told,told_by,significance,polarity\n\"{h}\",2025-01-01,\"{h}\",\"a{h}\",\"{h}\",\"{h}\",\"{h}\",\"{h}\",\"{h}\",\"{h}\",\"{h}\",school,\"{h}\",yes,\"{h}\",3,concern\n"
    );
    let requests = format!(
        "request_id,asked_agency,asked_by,asked_on,result,question,reason\n\"{h}\",\"{h}\",police,2025-01-09,no reply,\"{h}\",\"{h}\"\n"
    );
    let coverage = format!("agency,from,to,explanation\npolice,2024-01-01,2025-01-01,\"{h}\"\n");
    let citations = format!(
        "conclusion_id,entry,conclusion,decided_by\n\"{h}\",police:1,\"{h}\",\"{h}\"\n\"{h}\",\"police:{h}\",\"{h}\",\"{h}\"\n"
    );
    let involvement = format!(
        "record_id,service,from,worker\n\"a{h}\",\"{h}\",2024-01-01,\"{h}\"\n\"m\",police,2024-01-01,\"{h}\"\n"
    );
    let config = "own_agency = \"police\"\n[[agency]]\nid = \"police\"\nname = '<script>alert(3)</script>'\nkind = \"police\"\n";
    exports(&[
        ("police/p.csv", &people),
        ("police/r.csv", &relations),
        ("police/e.csv", &entries),
        ("requests.csv", &requests),
        ("coverage.csv", &coverage),
        ("citations.csv", &citations),
        ("police/i.csv", &involvement),
        ("case.toml", config),
    ])
}

#[test]
fn hostile_text_stays_text() {
    let folder = hostile();
    let template = folder.path().join("hub.template");
    let text = "title = '<script>alert(4)</script>'\nfooter = '<img src=x onerror=alert(5)>'\n[headings]\ncover = '<script>6</script>'\nabout = '<script>7</script>'\n";
    std::fs::write(&template, text).unwrap();
    let template = ["--template", template.to_str().unwrap()];
    for (recipient, more) in [
        ("police", &[][..]),
        ("meeting", &[]),
        ("family", &[]),
        ("police", &["--report", "police"]),
        ("police", &template),
        ("family", &template),
    ] {
        let page = pack(folder.path(), "strategy-discussion", recipient, more);
        for tag in ["<script", "<img", "<a href=h", "<style>*"] {
            assert!(!page.contains(tag), "{recipient}: {tag}");
        }
        // the page's own: one for a browser, one for a word processor
        assert_eq!(page.matches("<style>").count(), 2);
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
        assert!(page.contains("&lt;script&gt;"));
    }
}
