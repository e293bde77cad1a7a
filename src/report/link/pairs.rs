//! `pairs.csv`: the pairs that were kept, with their weight and probability.

use std::io::{self, Write};

use super::lines;
use crate::model::roster::Roster;
use crate::model::watch::Watch;
use crate::people::scale::Linked;

/// So many ids are looked up before their lines are made: they lie anywhere in memory, and looked up together they are
/// waited for together.
const AHEAD: usize = 64;

/// Writes `pairs.csv`, by left, right.
///
/// # Errors
/// What the writer says, or that the watch says stop.
pub fn write(
    roster: &Roster,
    linked: &Linked,
    out: &mut dyn Write,
    watch: &dyn Watch,
) -> io::Result<()> {
    out.write_all(b"left,right,probability,weight\n")?;
    lines::write(linked.pairs.len(), out, watch, |rows, piece| {
        let mut ids = Vec::with_capacity(AHEAD);
        for some in linked.pairs.get(rows).unwrap_or_default().chunks(AHEAD) {
            ids.clear();
            ids.extend(some.iter().map(|pair| roster.id(pair.right as usize)));
            for (pair, right) in some.iter().zip(&ids) {
                lines::cell(roster.id(pair.left as usize), piece);
                piece.push(b',');
                lines::cell(right, piece);
                piece.push(b',');
                lines::probability(pair.probability, piece);
                piece.push(b',');
                lines::weight(pair.weight, piece);
                piece.push(b'\n');
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::watch::Unwatched;
    use crate::people::scale::sample::{linked, roster};

    #[test]
    fn a_pair_is_a_row() {
        let roster = roster(&["gp:1", "gp:a,\"b", "police:=2"]);
        let mut out = Vec::new();
        let run = linked(&[0, 1, 1], &[(0, 1, 0.5), (1, 2, 0.75)]);
        write(&roster, &run, &mut out, &Unwatched).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "left,right,probability,weight\ngp:1,\"gp:a,\"\"b\",0.5,0\n\"gp:a,\"\"b\",police:=2,0.75,1.585\n"
        );
    }
}
