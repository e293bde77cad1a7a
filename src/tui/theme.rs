//! The colours: the terminal's own sixteen and reverse video. Signs and words carry the meaning; colour only helps.

use ratatui::style::{Color, Modifier, Style};

/// The colours of [`Theme::ColourSafe`], by their numbers among the 256 that are the same on every terminal: the sixteen are
/// whatever the user has set. Two hues only, blue and orange, which no common colour blindness brings together; each is dark
/// enough for white and light enough for black.
const BLUE: Color = Color::Indexed(33);
const VERMILION: Color = Color::Indexed(166);
const GREY: Color = Color::Indexed(244);

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
    /// Colours that are told apart with any common colour blindness, on a dark and on a light background.
    ColourSafe,
    /// No colour is ever set, only bold, reverse and underline: a reset of a colour would also clear reverse video.
    None,
}

impl Theme {
    /// All themes, in the order in which a key changes them.
    pub const ALL: [Self; 5] = [
        Self::Dark,
        Self::Light,
        Self::HighContrast,
        Self::ColourSafe,
        Self::None,
    ];

    /// The name of the theme.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::ColourSafe => "colour-safe",
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
            Self::HighContrast => Self::ColourSafe,
            Self::ColourSafe => Self::None,
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
            Self::ColourSafe => bold.fg(BLUE),
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
            Self::ColourSafe => Style::new().fg(GREY),
            Self::None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// Names of keys, labels.
    pub fn key(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match self {
            Self::Dark => bold.fg(Color::LightYellow),
            Self::Light => bold.fg(Color::Magenta),
            Self::HighContrast | Self::ColourSafe | Self::None => bold,
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
            (Self::ColourSafe, 3..) => bold.fg(VERMILION),
            (Self::ColourSafe, 2) => bold.fg(BLUE),
            (Self::ColourSafe, _) => Style::new().fg(BLUE),
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
            Self::ColourSafe => Style::new().fg(VERMILION),
            Self::HighContrast | Self::None => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    /// What is available, in bars.
    pub fn available(self) -> Style {
        match self {
            Self::Dark => Style::new().fg(Color::LightBlue),
            Self::Light => Style::new().fg(Color::Blue),
            Self::ColourSafe => Style::new().fg(BLUE),
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

    /// One of the 256 colours, linear red, green and blue from 0 to 1.
    fn linear(colour: Color) -> [f64; 3] {
        let Color::Indexed(number) = colour else {
            panic!("{colour:?} is not one of the 256")
        };
        let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
        let parts = match number {
            16..=231 => {
                let cube = number - 16;
                [step(cube / 36), step(cube / 6 % 6), step(cube % 6)]
            }
            _ => [8 + 10 * (number - 232); 3],
        };
        parts.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// How bright it is, from 0 to 1.
    fn luminance([red, green, blue]: [f64; 3]) -> f64 {
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// As it is seen without the cones for long, middle and short waves (Viénot, Brettel and Mollon 1999; for the last the
    /// nearest linear form of Brettel 1997).
    fn seen(colour: [f64; 3]) -> [[f64; 3]; 4] {
        let by = |rows: [[f64; 3]; 3]| {
            rows.map(|row| {
                let sum: f64 = row.iter().zip(colour).map(|(by, part)| by * part).sum();
                sum.clamp(0.0, 1.0)
            })
        };
        [
            colour,
            by([
                [0.112_38, 0.887_62, 0.0],
                [0.112_38, 0.887_62, 0.0],
                [0.004_01, -0.004_01, 1.0],
            ]),
            by([
                [0.292_75, 0.707_25, 0.0],
                [0.292_75, 0.707_25, 0.0],
                [-0.022_34, 0.022_34, 1.0],
            ]),
            by([
                [1.012_77, 0.135_48, -0.148_26],
                [-0.012_43, 0.868_12, 0.144_31],
                [0.075_89, 0.805, 0.119_11],
            ]),
        ]
    }

    #[test]
    fn the_safe_colours_are_read_on_black_and_white_and_told_apart_by_everybody() {
        for colour in [BLUE, VERMILION, GREY] {
            let bright = luminance(linear(colour));
            let (on_black, on_white) = ((bright + 0.05) / 0.05, 1.05 / (bright + 0.05));
            assert!(on_black >= 3.0 && on_white >= 3.0, "{colour:?}");
        }
        let pairs = seen(linear(BLUE)).into_iter().zip(seen(linear(VERMILION)));
        for (blue, orange) in pairs {
            let apart: f64 = blue.iter().zip(orange).map(|(a, b)| (a - b).powi(2)).sum();
            assert!(apart.sqrt() > 0.3, "{blue:?} {orange:?}");
        }
    }

    #[test]
    fn every_theme_is_found_by_its_name_and_reached_by_the_key() {
        let mut theme = Theme::Dark;
        for _ in 0..Theme::ALL.len() {
            assert_eq!(Theme::named(theme.name()), Some(theme));
            theme = theme.next();
        }
        assert_eq!(theme, Theme::Dark);
    }
}
