//! The family picture and its equal in words.

use std::collections::BTreeMap;

use super::Pack;
use super::document::{Block, Grid, Picture, Section};
use super::genogram::drawing;
use super::words::join;
use crate::model::date::{Day, When};
use crate::picture::genogram::{Family, Genogram, Sight};

/// The date at which ages are told: that of the picture. In a copy for the family the last day of what is shown, since
/// the other one may come from something that is not.
pub fn as_of(pack: &Pack<'_>) -> Day {
    let picture = pack.view.picture;
    if !pack.view.is_family() {
        return picture.as_of;
    }
    let shown = picture
        .timeline
        .facts
        .iter()
        .enumerate()
        .filter(|(at, _)| pack.view.shows(*at));
    shown
        .filter_map(|(_, fact)| When::end(&fact.when))
        .max()
        .unwrap_or_default()
}

/// The family as far as it may be shown.
pub fn of(pack: &Pack<'_>) -> Family {
    let view = pack.view;
    let person = |at: usize| {
        view.person(at).cloned().map(|mut person| {
            person.name = view.without_id(person.name);
            person
        })
    };
    let own = view
        .picture
        .settings
        .own_agency
        .as_ref()
        .filter(|_| !view.is_family());
    Family::of(
        view.picture,
        &Sight {
            record: &|at| view.shows_record(at),
            person: &person,
            homes: !view.is_family(),
            as_of: as_of(pack),
            own_agency: own,
        },
    )
}

/// The family picture.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("family", "The family");
    let family = of(pack);
    if family.members.is_empty() {
        section.say("No record that may be shown here says who belongs to the family.");
        return section;
    }
    let drawn = Genogram::of(&family);
    section.blocks.push(Block::Picture(Picture {
        svg: drawing(&family, &drawn),
        caption: "Squares are men and boys, circles women and girls, diamonds those whose sex is not recorded, triangles unborn children; \
            a double outline marks a child whom this is about, the number is the age, a question mark a parent whom no record names. \
            Unbroken lines join married couples and parents with children, broken ones other couples, dotted ones parents not recorded as a couple, and carers; \
            a stroke through a line says that it is over. A dashed frame is a home. PR is recorded parental responsibility. The table below says the same in words."
            .to_owned(),
        is_wide: drawn.width > 96,
    }));
    section.table(table(&family, &drawn));
    section.list(homes(&family));
    if !family.left_out.is_empty() {
        let left = family.left_out.iter();
        let left: Vec<String> = left.map(|(name, why)| format!("{name} ({why})")).collect();
        section.say(format!("On record and not drawn: {}.", left.join("; ")));
    }
    section
}

/// Everybody in words.
pub fn table(family: &Family, drawn: &Genogram) -> Grid {
    let mut table = Grid::new(
        "family",
        "Who is in the family, how they belong together, and who says so.",
        &["Name", "Who", "Belongs", "Home"],
    );
    for said in family.list(Some(drawn)) {
        // who else lives there is said once, below the table
        let home = family
            .members
            .get(said.member)
            .and_then(|member| member.home);
        let home = home.filter(|_| !said.home.is_empty());
        let home = home.map_or_else(String::new, |letter| format!("Home {letter}"));
        table
            .rows
            .push(vec![said.name, said.who, said.bound.join("\n"), home]);
    }
    table
}

/// Each home with those who live there, as far as it is recorded.
fn homes(family: &Family) -> Vec<String> {
    let mut homes: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    let said = family.list(None);
    let members = said.iter();
    for member in members.filter_map(|said| family.members.get(said.member)) {
        if let Some(letter) = member.home {
            homes.entry(letter).or_default().push(&member.name);
        }
    }
    homes.retain(|_, names| names.len() > 1);
    let homes = homes.into_iter();
    homes
        .map(|(letter, names)| format!("Home {letter}: {}.", join(&names)))
        .collect()
}
