//! The mouse: presses and the wheel, and nothing else. The library would ask the terminal for every movement too, and each would
//! wake the loop.

use std::fmt;

use crossterm::Command;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// What was done with the mouse, and where: column and row from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub what: What,
    /// The column.
    pub x: u16,
    /// The row.
    pub y: u16,
}

/// What can be done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The left button was pressed.
    Press,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

impl Mouse {
    /// What an event means; `None` when it means nothing.
    pub fn read(event: MouseEvent) -> Option<Self> {
        let what = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => What::Press,
            MouseEventKind::ScrollUp => What::WheelUp,
            MouseEventKind::ScrollDown => What::WheelDown,
            _ => return None,
        };
        Some(Self {
            what,
            x: event.column,
            y: event.row,
        })
    }
}

/// Asks the terminal to tell of presses and the wheel, in the form that has no bound on columns.
#[derive(Debug, Clone, Copy)]
pub struct MouseOn;

/// Asks it to tell of nothing. Written on every way out, also when nothing was asked for.
#[derive(Debug, Clone, Copy)]
pub struct MouseOff;

impl Command for MouseOn {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

impl Command for MouseOff {
    fn write_ansi(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\x1b[?1006l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        crossterm::event::DisableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}
