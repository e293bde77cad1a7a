//! Lays words out round a middle: a pure function of their number and of the room.

/// A place for words: the left column, the row, and how many columns there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The left column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Seat {
    /// The middle.
    pub fn middle(&self) -> (i32, i32) {
        (
            i32::from(self.x) + i32::from(self.width) / 2,
            i32::from(self.y) + i32::from(self.height) / 2,
        )
    }

    fn meets(&self, other: &Self) -> bool {
        let apart = self.x + self.width + 1 <= other.x
            || other.x + other.width + 1 <= self.x
            || self.y + self.height <= other.y
            || other.y + other.height <= self.y;
        !apart
    }
}

/// The seat in the middle, and those round it, from the top with the clock; `None` where they do not fit.
pub fn seats(count: usize, width: u16, height: u16) -> Option<(Seat, Vec<Seat>)> {
    let widest = (width / 3).saturating_sub(2).min(30);
    let tries = [(widest, 2), (22, 2), (18, 2), (widest, 1), (22, 1), (18, 1)];
    let mut tries = tries.into_iter().filter(|(wide, _)| *wide <= widest);
    tries.find_map(|(wide, tall)| round(count, (width, height), (wide, tall)))
}

/// The same with seats of one size.
fn round(
    count: usize,
    (width, height): (u16, u16),
    (wide, tall): (u16, u16),
) -> Option<(Seat, Vec<Seat>)> {
    if wide < 14 || height < 5 {
        return None;
    }
    let middle = Seat {
        x: (width - wide) / 2,
        y: (height - tall) / 2,
        width: wide,
        height: tall,
    };
    let (across, down) = (
        f64::from(width - wide) / 2.0,
        f64::from(height - tall) / 2.0,
    );
    let round: Vec<Seat> = (0..count)
        .map(|at| {
            let turn = std::f64::consts::TAU * at as f64 / count.max(1) as f64;
            Seat {
                x: (across + across * turn.sin()).round() as u16,
                y: (down - down * turn.cos()).round() as u16,
                width: wide,
                height: tall,
            }
        })
        .collect();
    let clash = |at: usize, one: &Seat| {
        one.meets(&middle) || round.iter().skip(at + 1).any(|other| one.meets(other))
    };
    let is_clear = !round.iter().enumerate().any(|(at, one)| clash(at, one));
    is_clear.then_some((middle, round))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_family_s_usual_agencies_fit_into_a_small_window() {
        for count in 1..=8 {
            assert!(seats(count, 80, 19).is_some(), "{count}");
        }
        assert!(seats(12, 120, 34).is_some());
        assert!(seats(60, 80, 19).is_none());
    }

    proptest! {
        #[test]
        fn seats_lie_inside_and_apart(count in 0usize..40, width in 20u16..=300, height in 3u16..=100) {
            let Some((middle, round)) = seats(count, width, height) else { return Ok(()) };
            prop_assert_eq!(round.len(), count);
            let mut all = round;
            all.push(middle);
            for (at, seat) in all.iter().enumerate() {
                prop_assert!(seat.x + seat.width <= width && seat.y + seat.height <= height);
                prop_assert!(all[at + 1..].iter().all(|other| !seat.meets(other)));
            }
        }
    }
}
