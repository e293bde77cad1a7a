//! Owns the terminal: takes it, draws on it, and gives it back on every way out. All that is switched on here is switched
//! off here.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write, stdin, stdout};
use std::panic;
use std::sync::Arc;
use std::thread;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEvent, KeyEventKind,
    KeyModifiers,
};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use super::keymap::Key;
use super::mouse::{Mouse, MouseOff, MouseOn};
use super::msg::Msg;

type Backend = CrosstermBackend<BufWriter<Stdout>>;
type Hook = Arc<dyn Fn(&panic::PanicHookInfo<'_>) + Send + Sync>;

/// The terminal, taken until this is dropped.
pub struct Screen {
    terminal: Terminal<Backend>,
    hook: Hook,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When input or output is no terminal, or it cannot be switched.
    pub fn open(mouse: bool) -> io::Result<Self> {
        if !stdin().is_terminal() || !stdout().is_terminal() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "input or output is not a terminal",
            ));
        }
        let hook: Hook = Arc::from(panic::take_hook());
        let (drawing, previous) = (thread::current().id(), Arc::clone(&hook));
        // a worker that fails says so in a message; only a failure of the drawing thread ends the screen
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == drawing {
                leave();
                previous(info);
            }
        }));
        let terminal = fresh()?;
        // a theme without colours sets none; a theme that was asked for by name has its own, whatever NO_COLOR says
        crossterm::style::force_color_output(true);
        let mut screen = Self {
            terminal,
            hook,
            mouse,
        };
        screen.enter()?;
        Ok(screen)
    }

    fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        // not `Terminal::clear`: it asks the terminal where the cursor is, and waits in vain while the keys are being read
        execute!(
            stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            Clear(ClearType::All),
            Hide
        )?;
        if self.mouse {
            execute!(stdout(), MouseOn)?;
        }
        self.terminal = fresh()?;
        Ok(())
    }

    /// Uses the mouse from now on, or leaves it to the terminal.
    pub fn use_mouse(&mut self, is_on: bool) -> io::Result<()> {
        self.mouse = is_on;
        if is_on {
            execute!(stdout(), MouseOn)
        } else {
            execute!(stdout(), MouseOff)
        }
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Draws a frame.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(view).map(|_| ())
    }

    /// Wipes the terminal, so that nothing of what was drawn stays.
    pub fn wipe(&mut self) -> io::Result<()> {
        execute!(stdout(), Clear(ClearType::All))?;
        self.terminal = fresh()?;
        Ok(())
    }

    /// Gives the terminal back, stops the process until the shell goes on with it, and takes the terminal again. Where no shell
    /// could go on with it, the terminal is kept.
    pub fn suspend(&mut self) -> io::Result<()> {
        if leads_session() {
            return Ok(());
        }
        leave();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.enter()
    }
}

/// Whether this process leads its session: then no shell waits for it, and stopped it would never go on. Told on Linux only.
fn leads_session() -> bool {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // the name of the program stands in brackets and may hold anything: what is wanted comes after the last one
    let after = stat.rsplit(')').next().unwrap_or_default();
    let session = after.split_whitespace().nth(3);
    session == Some(&std::process::id().to_string())
}

/// A terminal of which nothing is known to be drawn, so that the next frame is drawn whole.
fn fresh() -> io::Result<Terminal<Backend>> {
    let out = BufWriter::with_capacity(1 << 16, stdout());
    Terminal::new(CrosstermBackend::new(out))
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
        if !thread::panicking() {
            let hook = Arc::clone(&self.hook);
            panic::set_hook(Box::new(move |info| hook(info)));
        }
    }
}

/// Gives the terminal back. There is nothing to be done when that fails.
fn leave() {
    let _ = execute!(
        stdout(),
        MouseOff,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}

/// What an event of the terminal means; `None` when it means nothing.
pub fn read(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => self::key(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Pasted(text)),
        Event::Mouse(event) => Mouse::read(event).map(Msg::Mouse),
        Event::Resize(width, height) => Some(Msg::Resize(width, height)),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    Some(match event.code {
        KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => {
            Key::Ctrl(c.to_ascii_lowercase())
        }
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}
