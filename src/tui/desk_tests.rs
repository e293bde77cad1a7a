//! What the desk of the wizard does with files.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use super::*;
use crate::import::draft::Draft;
use crate::model::settings::Config;

const LOG: &str = "Our key,Happened,What we saw,Who\nX1,03/04/2025,She was alone,P1\n";

fn draft() -> Draft {
    let columns = [
        ("Our key", Some("entry_id")),
        ("Happened", Some("date")),
        ("What we saw", Some("text")),
        ("Who", Some("record_ids")),
    ];
    Draft {
        columns: columns
            .map(|(header, name)| (header.to_owned(), name))
            .to_vec(),
        ..Draft::default()
    }
}

fn answer(events: &Receiver<Event>) -> News {
    match events.recv_timeout(Duration::from_mins(1)).unwrap() {
        Event::Msg(Msg::Adding(news)) => news,
        _ => panic!("the desk says nothing else"),
    }
}

fn saving(root: &Path, replace: bool) -> Saving {
    Saving {
        draft: draft(),
        agency: AgencyId::new("police"),
        root: root.display().to_string(),
        replace,
    }
}

#[test]
fn a_mapping_is_kept_beside_the_exports_and_the_next_export_is_read_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("police")).unwrap();
    let file = root.join("police/desk_2025-03.csv");
    fs::write(&file, LOG).unwrap();
    fs::write(root.join("case.toml"), "title = \"Kept as it is\"").unwrap();
    let (sender, events) = channel();
    let desk = Desk::start(None, Limits::default(), &sender);
    let send = |order: Order| desk.take(order, "A. Lyst", 0);
    send(Order::List(1, format!("{}/", root.display())));
    let News::Listed(1, _, names) = answer(&events) else {
        panic!()
    };
    assert_eq!(names, ["police/", "case.toml"]);
    send(Order::Look(2, file.display().to_string()));
    let News::Looked(2, Ok((look, found))) = answer(&events) else {
        panic!()
    };
    assert_eq!((look.tables.len(), found), (1, root.display().to_string()));
    send(Order::Try(
        3,
        Arc::new(draft()),
        Arc::new(Config::default()),
    ));
    let News::Tried(3, Ok(report)) = answer(&events) else {
        panic!()
    };
    assert_eq!(report.rows, (1, 1, 0));
    send(Order::Save(4, saving(root, false)));
    let News::Saved(4, Ok(said)) = answer(&events) else {
        panic!()
    };
    assert!(said.contains("police/desk_*.csv is read so"), "{said}");
    let mapping = root.join("police-desk.mapping.toml");
    #[cfg(unix)]
    {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&mapping).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    send(Order::Save(5, saving(root, false)));
    let there = News::Saved(5, Err(Unsaved::IsThere(mapping.display().to_string())));
    assert_eq!(answer(&events), there, "nothing is overwritten unasked");
    send(Order::Save(6, saving(root, true)));
    assert!(matches!(answer(&events), News::Saved(6, Ok(_))));
    let set_up = fs::read_to_string(root.join("case.toml")).unwrap();
    assert_eq!(set_up.matches("[[export]]").count(), 1, "{set_up}");
    assert!(set_up.starts_with("title = \"Kept as it is\""));
    fs::write(
        root.join("police/desk_2025-04.csv"),
        LOG.replace("X1", "X2"),
    )
    .unwrap();
    let limits = Limits::default();
    let read = folder::read_folder(root, &limits).unwrap();
    let supplied = crate::import::read(&read, &limits).unwrap();
    let ids: Vec<&str> = supplied.entries.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["police:X1", "police:X2"]);
}

#[test]
fn what_cannot_be_looked_into_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (sender, events) = channel();
    let desk = Desk::start(None, Limits::default(), &sender);
    fs::write(folder.path().join("empty.csv"), "").unwrap();
    for name in ["", "no-such-file.csv", "empty.csv"] {
        let path = folder.path().join(name).display().to_string();
        desk.take(Order::Look(1, path), "", 0);
        let News::Looked(1, Err(problem)) = answer(&events) else {
            panic!("{name}")
        };
        assert!(!problem.is_empty() && !problem.contains('\n'), "{problem}");
    }
}
