//! The colours: the terminal's own sixteen and reverse video. Signs and words carry the meaning; colour only helps.

use ratatui::style::{Color, Modifier, Style};

/// Which colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// Few, strong colours.
    HighContrast,
    /// No colour is ever set, only bold, reverse and underline: a reset of a colour would also clear reverse video.
    None,
}

impl Theme {
    /// All themes, in the order in which a key changes them.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::HighContrast, Self::None];

    /// The name of the theme.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::None => "none",
        }
    }

    /// Finds a theme by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The theme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::HighContrast,
            Self::HighContrast => Self::None,
            Self::None => Self::Dark,
        }
    }

    /// Plain text.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// Headings.
    pub fn heading(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match self {
            Self::Dark => bold.fg(Color::LightCyan),
            Self::Light => bold.fg(Color::Blue),
            Self::HighContrast | Self::None => bold.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The selected row.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The title bar.
    pub fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What matters less, and keys that do nothing now. Plain in high contrast.
    pub fn dim(self) -> Style {
        match self {
            Self::Dark => Style::new().fg(Color::DarkGray),
            Self::Light => Style::new().fg(Color::Gray).add_modifier(Modifier::DIM),
            Self::HighContrast => Style::new(),
            Self::None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// Names of keys, labels.
    pub fn key(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match self {
            Self::Dark => bold.fg(Color::LightYellow),
            Self::Light => bold.fg(Color::Magenta),
            Self::HighContrast | Self::None => bold,
        }
    }

    /// A flag of this strength.
    pub fn flag(self, strength: u8) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match (self, strength) {
            (Self::None | Self::HighContrast, 0..3) | (Self::None, _) => bold,
            (Self::HighContrast | Self::Dark, 3..) => bold.fg(Color::LightRed),
            (Self::Dark, 2) => bold.fg(Color::LightYellow),
            (Self::Dark, _) => Style::new().fg(Color::LightBlue),
            (Self::Light, 3..) => bold.fg(Color::Red),
            (Self::Light, 2) => bold.fg(Color::Magenta),
            (Self::Light, _) => Style::new().fg(Color::Blue),
        }
    }

    /// What is relied on, what agrees.
    pub fn good(self) -> Style {
        match self {
            Self::Dark => Style::new().fg(Color::LightGreen),
            Self::Light => Style::new().fg(Color::Green),
            Self::HighContrast | Self::None => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    /// What is available, in bars.
    pub fn available(self) -> Style {
        match self {
            Self::Dark => Style::new().fg(Color::LightBlue),
            Self::Light => Style::new().fg(Color::Blue),
            Self::HighContrast | Self::None => Style::new(),
        }
    }
}

/// The sign of a flag's strength.
pub fn sign(strength: u8) -> &'static str {
    match strength {
        3.. => "!!!",
        2 => "!!",
        1 => "!",
        0 => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_nothing_sets_a_colour() {
        let none = Theme::None;
        for style in [
            none.plain(),
            none.heading(),
            none.selected(),
            none.bar(),
            none.dim(),
            none.key(),
            none.flag(3),
            none.flag(1),
            none.good(),
            none.available(),
        ] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn every_theme_is_found_by_its_name_and_reached_by_the_key() {
        let mut theme = Theme::Dark;
        for _ in 0..4 {
            assert_eq!(Theme::named(theme.name()), Some(theme));
            theme = theme.next();
        }
        assert_eq!(theme, Theme::Dark);
    }
}
