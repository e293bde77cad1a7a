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
    pub fn middle(self) -> (i32, i32) {
        (
            i32::from(self.x) + i32::from(self.width) / 2,
            i32::from(self.y) + i32::from(self.height) / 2,
        )
    }

    fn meets(self, other: Self) -> bool {
        let apart = self.x + self.width < other.x
            || other.x + other.width < self.x
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
    tries.find_map(|(wide, tall)| {
        let (room, size) = ((width, height), (wide, tall));
        let lay = |places: &[(f64, f64)]| around(places, room, size);
        lay(&on_a_circle(count)).or_else(|| lay(&on_the_border(count)))
    })
}

/// Places on a circle, as shares of the room across and down.
fn on_a_circle(count: usize) -> Vec<(f64, f64)> {
    let turn = |at: usize| std::f64::consts::TAU * at as f64 / count.max(1) as f64;
    let place = |at: usize| {
        (
            f64::midpoint(1.0, turn(at).sin()),
            f64::midpoint(1.0, -turn(at).cos()),
        )
    };
    (0..count).map(place).collect()
}

/// Three places above, three below and the rest on both sides: more of them fit than on a circle.
fn on_the_border(count: usize) -> Vec<(f64, f64)> {
    let above = count.min(3);
    let below = count.saturating_sub(above).min(3);
    let sides = count - above - below;
    let (right, left) = (sides.div_ceil(2), sides / 2);
    let spread = |at: usize, of: usize| (at + 1) as f64 / (of + 1) as f64;
    let row = |at: usize, of: usize| match of {
        1 => 0.5,
        _ => at as f64 / (of - 1) as f64,
    };
    let above = (0..above).map(|at| (row(at, above), 0.0));
    let right = (0..right).map(|at| (1.0, spread(at, right)));
    let below = (0..below).map(|at| (1.0 - row(at, below), 1.0));
    let left = (0..left).map(|at| (0.0, 1.0 - spread(at, left)));
    above.chain(right).chain(below).chain(left).collect()
}

/// Seats of one size at places; `None` where two of them meet.
fn around(
    places: &[(f64, f64)],
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
    let (across, down) = (f64::from(width - wide), f64::from(height - tall));
    let round: Vec<Seat> = places
        .iter()
        .map(|(x, y)| Seat {
            x: (across * x).round() as u16,
            y: (down * y).round() as u16,
            width: wide,
            height: tall,
        })
        .collect();
    let clash = |at: usize, one: &Seat| {
        one.meets(middle) || round.iter().skip(at + 1).any(|other| one.meets(*other))
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
        assert!(seats(11, 80, 19).is_some());
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
                prop_assert!(all[at + 1..].iter().all(|other| !seat.meets(*other)));
            }
        }
    }
}
