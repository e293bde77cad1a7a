//! Records without an id of their own: theirs is the number of their row.

use rayon::prelude::*;

use super::account::Account;
use super::columns::Field;
use super::fault::short;
use super::ids::Order;
use super::piece::Piece;
use super::plan::{Ids, Plan};
use super::unknown::is_no_id;

/// Records of a file whose guessed id an earlier one has, before the guess is taken to be wrong.
const FEW: usize = 20;

impl Account {
    /// Gives every record of the files that `whole` says the number of its row as id, and of the others those that have
    /// none.
    pub(super) fn number_rows(&mut self, pieces: &mut [Piece], plans: &[Plan], whole: &[bool]) {
        let by_file = self.could_be_the_same(plans);
        let mut blank = vec![0_usize; plans.len()];
        let is_whole = |file: usize| whole.get(file).copied().unwrap_or(false);
        let without: Vec<Vec<usize>> = pieces
            .par_iter()
            .map(|piece| {
                let all = 0..piece.numbers.len();
                if is_whole(piece.file) {
                    return all.collect();
                }
                all.filter(|record| is_no_id(piece.ids.get(*record)))
                    .collect()
            })
            .collect();
        for (at, without) in without.iter().enumerate().filter(|(_, of)| !of.is_empty()) {
            let Some(file) = pieces.get(at).map(|piece| piece.file) else {
                continue;
            };
            let is_whole = is_whole(file);
            let base = if by_file {
                let name = self.name(file);
                format!("{}#", name.rsplit(['/', '\\']).next().unwrap_or(name))
            } else {
                String::new()
            };
            let sign = if is_whole { "" } else { "~" };
            for record in without {
                let row = self.row(at, pieces, *record);
                let Some(piece) = pieces.get_mut(at) else {
                    continue;
                };
                piece.ids.set(*record, &format!("{sign}{base}{row}"));
                if let Some(count) = blank.get_mut(file).filter(|_| !is_whole) {
                    *count += 1;
                }
            }
        }
        for (file, count) in blank.iter().enumerate().filter(|(_, count)| **count > 0) {
            let name = self.name(file);
            let rows = if *count == 1 { "row has" } else { "rows have" };
            self.notes.push(format!("{name}: {count} {rows} no id of its own; that is `~` and the number of the row then"));
        }
    }

    /// Whether the number of a row alone could be the id of records of two files: these have one name, or a column of
    /// agencies.
    fn could_be_the_same(&self, plans: &[Plan]) -> bool {
        let mut stems: Vec<&String> = self.stems.iter().collect();
        stems.sort_unstable();
        let same_name = stems.windows(2).any(|two| two.first() == two.last());
        plans.len() > 1
            && (same_name
                || plans
                    .iter()
                    .any(|plan| plan.fields.contains(&Field::Agency)))
    }

    /// Which files have ids that were guessed and that too many records share.
    pub(super) fn wrongly_guessed(
        &mut self,
        order: &Order,
        plans: &[Plan],
        pieces: &[Piece],
    ) -> Vec<bool> {
        let mut counts = vec![(0_usize, 0_usize); plans.len()];
        for again in &order.repeated {
            let (file, _) = self.place(&again.place, pieces);
            if let Some((repeated, _)) = counts.get_mut(file) {
                *repeated += 1;
            }
        }
        for piece in pieces {
            if let Some((_, records)) = counts.get_mut(piece.file) {
                *records += piece.numbers.len();
            }
        }
        let mut wrong = Vec::with_capacity(plans.len());
        for (file, (plan, (repeated, records))) in plans.iter().zip(counts).enumerate() {
            let is_wrong = plan.ids == Ids::Guessed && repeated >= FEW && repeated * 5 > records;
            if is_wrong {
                let (name, header) = (self.name(file), short(&plan.id_header));
                self.notes.push(format!(
                    "{name}: `{header}` repeats in {repeated} of {records} rows, so it is no record's id; the number of the row was taken instead"
                ));
            }
            wrong.push(is_wrong);
        }
        wrong
    }
}
