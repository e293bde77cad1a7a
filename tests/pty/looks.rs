//! How the screen looks and behaves in the terminal: without colour, with the mouse, at other sizes, and when a worker fails.

use std::time::{Duration, Instant};

use portable_pty::PtySize;

use super::{DEADLINE, Terminal, common, demo};

/// What stands in the lines that are in reverse video, as far as they are.
fn highlighted(terminal: &Terminal) -> Vec<String> {
    let size = |size: u16| std::num::NonZeroU16::new(size).unwrap();
    let mut parser = vt100::Parser::new(size(24), size(80), 0);
    parser.process(&terminal.raw());
    let screen = parser.screen();
    let line = |row: u16| -> String {
        (0..80)
            .filter_map(|column| screen.cell(row, column))
            .filter(|cell| cell.inverse())
            .map(vt100::Cell::contents)
            .collect()
    };
    (0..24)
        .map(line)
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// Waits until something in reverse video holds a text.
fn expect_highlight(terminal: &Terminal, text: &str) {
    let until = Instant::now() + DEADLINE;
    while !highlighted(terminal).iter().any(|line| line.contains(text)) {
        assert!(
            Instant::now() < until,
            "{text:?} is not in {:?}",
            highlighted(terminal)
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until the tab and the row are in reverse video, and nothing else.
fn expect_tab_and_row(terminal: &Terminal) {
    let until = Instant::now() + DEADLINE;
    while highlighted(terminal).len() != 2 {
        assert!(Instant::now() < until, "{:?}", highlighted(terminal));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_selected_row_is_seen_without_colour_and_moves() {
    let mut terminal = demo(&[("NO_COLOR", "1")]);
    terminal.press("4");
    terminal.expect("what is told");
    expect_highlight(&terminal, "Timeline");
    expect_tab_and_row(&terminal);
    let first = highlighted(&terminal);
    terminal.press("j");
    let until = Instant::now() + DEADLINE;
    while highlighted(&terminal) == first {
        assert!(Instant::now() < until, "the highlight does not move");
        std::thread::sleep(Duration::from_millis(20));
    }
    expect_tab_and_row(&terminal);
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_theme_that_is_asked_for_has_its_colours_and_its_highlight_under_no_color_too() {
    let mut terminal = Terminal::start(&["demo", "--theme", "colour-safe"], &[("NO_COLOR", "1")]);
    terminal.expect("Tour 1/5");
    assert!(terminal.raw_has("38;5;166"), "vermilion is used");
    terminal.press("4");
    terminal.expect("what is told");
    expect_highlight(&terminal, "Timeline");
    expect_tab_and_row(&terminal);
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_press_of_the_mouse_opens_a_view_and_a_row_and_the_mouse_is_given_back() {
    let mut terminal = demo(&[]);
    assert!(terminal.raw_has("\x1b[?1000h") && terminal.raw_has("\x1b[?1006h"));
    assert!(
        !terminal.raw_has_now("\x1b[?1003h"),
        "movements are not asked for"
    );
    let screen = terminal.expect("Overview");
    let tabs = screen.lines().nth(1).unwrap();
    let at = tabs.find("Reliance").unwrap() + 1;
    terminal.press(&format!("\x1b[<0;{at};2M\x1b[<0;{at};2m"));
    terminal.expect("By agency of origin");
    terminal.press("\x1b[<0;10;6M\x1b[<0;10;6m");
    terminal.press("\x1b[<0;10;6M\x1b[<0;10;6m");
    terminal.expect("what is told");
    // the wheel moves the list
    terminal.press("\x1b[<65;10;6M");
    terminal.press("\x03");
    terminal.ends();
    assert!(terminal.raw_has("\x1b[?1000l") && terminal.raw_has("\x1b[?1006l"));
}

#[test]
fn with_no_mouse_the_terminal_selects_text_as_ever() {
    let mut terminal = Terminal::start(&["demo", "--no-mouse"], &[]);
    terminal.expect("Tour 1/5");
    assert!(!terminal.raw_has_now("\x1b[?1000h"));
    terminal.press("\x14");
    terminal.expect("The mouse is used");
    assert!(terminal.raw_has("\x1b[?1000h"));
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn a_frame_after_each_change_of_size_is_whole() {
    let mut terminal = demo(&[]);
    for (rows, cols) in [(15u16, 60u16), (50, 200), (40, 120), (100, 300), (24, 80)] {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let before = terminal.raw().len();
        terminal.master.resize(size).unwrap();
        terminal.press("4");
        let until = Instant::now() + DEADLINE;
        loop {
            let raw = terminal.raw();
            let text = String::from_utf8_lossy(raw.get(before..).unwrap_or_default()).into_owned();
            let size = |size: u16| std::num::NonZeroU16::new(size).unwrap();
            let mut parser = vt100::Parser::new(size(rows), size(cols), 0);
            parser.process(text.as_bytes());
            let screen = parser.screen().contents();
            let mut lines = screen.lines();
            let is_whole = lines
                .next()
                .is_some_and(|line| line.contains("as of 2026-03-02"))
                && lines
                    .next()
                    .is_some_and(|line| line.contains("Timeline") && line.contains('9'))
                && lines.last().is_some_and(|line| line.contains("? help"));
            if is_whole {
                break;
            }
            assert!(Instant::now() < until, "{rows} {cols}:\n{screen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    terminal.press("\x03");
    terminal.ends();
}

/// The terminal tells of the change and of the key at the same moment: neither may wait for what comes next.
#[test]
fn a_key_pressed_as_the_size_changes_is_not_left_lying() {
    let mut terminal = demo(&[]);
    for turn in 0..30u16 {
        let (key, shown) = if turn % 2 == 0 {
            ("4", "what is told")
        } else {
            ("6", "would clear it")
        };
        let size = PtySize {
            rows: 24 + turn % 3,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let before = terminal.raw().len();
        terminal.master.resize(size).unwrap();
        terminal.press(key);
        // a frame of another size is drawn whole, words apart from each other
        let word = shown.rsplit(' ').next().unwrap();
        terminal.expect_behind(before, word);
    }
    terminal.press("\x03");
    terminal.ends();
}

/// Not a test of its own: what runs in the terminal of the next one.
#[test]
#[ignore = "runs in a terminal, in the test below"]
fn in_a_terminal_a_worker_fails() {
    use casepicture::tui::terminal::Screen;
    use ratatui::text::Line;

    let mut screen = Screen::open(true).unwrap();
    let failed = std::thread::spawn(|| panic!("a fault in a worker")).join();
    assert!(failed.is_err());
    screen
        .draw(|frame| frame.render_widget(Line::from("the screen is still up"), frame.area()))
        .unwrap();
    // a key is told at once here, without a line end
    let read = std::io::Read::read(&mut std::io::stdin(), &mut [0; 1]);
    assert!(read.is_ok());
    drop(screen);
}

#[test]
fn a_worker_that_fails_leaves_the_screen_up_and_says_nothing_over_it() {
    let own = std::env::current_exe().unwrap();
    let args = [
        "--ignored",
        "--exact",
        "looks::in_a_terminal_a_worker_fails",
        "--nocapture",
    ];
    let mut terminal = Terminal::of(own.to_str().unwrap(), &args, &[]);
    let screen = terminal.expect("the screen is still up");
    assert!(!screen.contains("a fault in a worker"), "{screen}");
    assert!(!terminal.raw_has_now("\x1b[?1049l"), "the screen was left");
    terminal.press("\r");
    terminal.ends();
    assert!(terminal.raw_has("\x1b[?1049l") && terminal.raw_has("\x1b[?1000l"));
}

#[test]
fn a_new_agencys_file_is_added_by_keys_and_the_next_one_is_read_the_same_way() {
    let log = "Our key,Happened,What we saw\nX1,2025-03-04,She was alone in the house again\n";
    let plain = "entry_id,date,text\nE1,2025-01-02,Seen\n";
    let exports = common::exports(&[("police/log.csv", plain), ("desk/calls_1.csv", log)]);
    let folder = exports.path().to_str().unwrap();
    std::fs::write(exports.path().join("case.toml"), "title = \"Desk\"\n").unwrap();
    let mut terminal = Terminal::start(&["open", folder], &[]);
    terminal.expect("Desk");
    terminal.press("2w");
    terminal.expect("Which file?");
    terminal.press(&format!("{folder}/desk/calls_1"));
    terminal.expect("  calls_1.csv");
    terminal.press("\r");
    terminal.expect("rows used");
    // the first column is the id
    terminal.press("\r");
    terminal.expect("What is \"Our key\"?");
    terminal.press("entry_id\r");
    terminal.expect("1 of 1 rows used");
    terminal.press("\t");
    terminal.expect("Whose file is it?");
    terminal.press("\r");
    terminal.expect("In which folder of exports");
    terminal.press("\r");
    terminal.expect("is read so from now on");
    terminal.press("\x03");
    terminal.ends();
    let later = exports.path().join("desk/calls_2.csv");
    std::fs::write(later, log.replace("X1", "X2")).unwrap();
    let output = common::run(&["timeline", folder]);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        table.contains("desk:X1") && table.contains("desk:X2"),
        "{table}"
    );
}
