//! The section on the model: priors, blocking passes, and what each level of each field is worth.

use maud::{Markup, html};

use super::super::figures::{bits, count, share};
use super::chart::beside;
use super::{Run, count_cell, outside};
use crate::people::scale::Pass;
use crate::people::scale::model::{Field, Level, Model, Share, Stratum};

/// How pairs were found and weighed.
pub fn section(run: &Run<'_>) -> Markup {
    let model = &run.linked.model;
    html! {
        section {
            h2 { "How pairs are found" }
            (passes(&run.linked.passes))
        }
        section.model {
            h2 { "What agreement is worth" }
            p { "The weight of a pair is a sum: a prior, for each field the bits of the level that its two values agree on, a little for how many fields do not agree, and for \
                 pairs around even or below 0.69 bits at most, since files of known truth showed them to be one person so much more often. m is the share of \
                 true pairs on a level, u the share of pairs of two persons; the bits are log2(m / u), less for values that many people have. \
                 A blank on either side is 0 bits. The bars show m filled and u hollow, by powers of ten. \
                 Each kind of pair below is weighed in its own \
                 way: relatives share what strangers do not, and there are more namesakes and twins than the shares of their names foretell." }
            p { "Learnt from: " (outside(&model.learnt_from)) " (" (count(model.records)) " records)." }
            (priors(model))
            (damage(&model.damage))
            @if model.unnamed < 0.0 {
                p { "Two of one home and birthday of whom one's given name is not known may be twins: " (bits(model.unnamed)) " bits." }
            }
            @for field in &model.fields { (levels(field)) }
        }
    }
}

fn passes(passes: &[Pass]) -> Markup {
    html! {
        @if passes.is_empty() {
            p { "No pass is recorded." }
        } @else {
            div.wide {
                table {
                    caption { "Records are compared when they share a key. Each pair is compared once, by the first pass that brings it." }
                    thead { tr {
                        th scope="col" { "key" }
                        th.n scope="col" { "new pairs" }
                        th.n scope="col" { "values split further" }
                        th.n scope="col" { "left to other passes" }
                    } }
                    tbody {
                        @for pass in passes {
                            tr {
                                th scope="row" { (outside(&pass.name)) }
                                (count_cell(pass.pairs)) (count_cell(pass.split)) (count_cell(pass.left_out))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn priors(model: &Model) -> Markup {
    html! {
        div.wide {
            table {
                caption { "Priors: the probability of being one person before anything is compared, and its weight in bits." }
                thead { tr {
                    th scope="col" { "pairs with" }
                    th.n scope="col" { "two agencies" } th.n scope="col" { "bits" }
                    th.n scope="col" { "one agency" } th.n scope="col" { "bits" }
                } }
                tbody {
                    @for stratum in Stratum::ALL {
                        @let prior = model.prior(stratum);
                        tr {
                            th scope="row" { (stratum.phrase()) }
                            td.n { (share(prior.across)) } td.n { (odds(prior.across)) }
                            td.n { (share(prior.within)) } td.n { (odds(prior.within)) }
                        }
                    }
                }
            }
        }
    }
}

/// What it is worth in how many fields a pair does not agree; nothing where a model knows nothing of it.
fn damage(worth: &[f64]) -> Markup {
    html! {
        @if worth.iter().any(|of| *of != 0.0) {
            p { "Beside what each field says it counts in how many of them a pair does not agree (names, date of birth, sex, numbers, \
                 e-mail, further columns): who was written down wrongly was so in several fields more often, or less, than the fields \
                 foretell one by one." }
            div.wide {
                table {
                    caption { "What it is worth." }
                    thead { tr { th scope="col" { "fields that do not agree" } th.n scope="col" { "bits" } } }
                    tbody {
                        @for (fields, of) in worth.iter().enumerate() {
                            tr {
                                th scope="row" { (fields) @if fields + 1 == worth.len() { " or more" } }
                                td.n { (bits(*of)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn odds(probability: f64) -> String {
    if probability > 0.0 && probability < 1.0 {
        bits((probability / (1.0 - probability)).log2())
    } else {
        "-".to_owned()
    }
}

fn levels(field: &Field) -> Markup {
    html! {
        h3 { (outside(&field.name)) }
        p.soft {
            @if field.learnt { "Learnt from this data." } @else { "Not learnt here: the shipped figures are used; the notes say why." }
            @if field.floor > 0.0 {
                " Agreement on a common value counts less: " (count(field.frequencies.len() as u64)) " values have a share of their own, every other one is taken to have "
                (share(field.floor)) "."
            }
        }
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" rowspan="2" { "level" }
                        th scope="col" rowspan="2" { "reads as" }
                        @for stratum in Stratum::ALL {
                            th scope="colgroup" colspan="2" { (stratum.phrase()) }
                        }
                    }
                    tr {
                        @for _ in Stratum::ALL { th scope="col" { "m, u" } th.n scope="col" { "bits" } }
                    }
                }
                tbody {
                    // the first level is blank: it says nothing and is worth nothing
                    @for level in field.levels.iter().skip(1) { (level_row(level)) }
                }
            }
        }
    }
}

fn level_row(level: &Level) -> Markup {
    html! {
        tr {
            th scope="row" { (outside(&level.name)) }
            td { (level.agreement.phrase()) }
            @for stratum in Stratum::ALL { (cells(level.share(stratum))) }
        }
    }
}

fn cells(of: Share) -> Markup {
    let weight = if of.m > 0.0 && of.u > 0.0 {
        bits((of.m / of.u).log2())
    } else {
        "-".to_owned()
    };
    html! {
        td.share { (beside(of.m, of.u)) span { (share(of.m)) ", " (share(of.u)) } }
        td.n { (weight) }
    }
}
