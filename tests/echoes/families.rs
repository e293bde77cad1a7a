//! Invented families: what happened, who saw it, who wrote it down for themselves, and who copied it from whom.

use casepicture::model::agency::Agency;
use casepicture::model::date::{Day, When};
use casepicture::model::entry::Entry;
use casepicture::model::id::{AgencyId, EntryId, PersonId, RecordId};
use casepicture::model::person::{LinkStatus, People, Person};
use casepicture::model::record::Record;
use casepicture::model::source::RowRef;
use casepicture::model::supply::Supplied;

use super::dice::Dice;

/// How one agency repeats what another wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Word for word.
    Copy,
    /// A part of it, within words of one's own.
    Excerpt,
    /// With many words exchanged.
    Reworded,
    /// In other words, naming the source.
    Named,
    /// In other words, but with the source's slip in the name.
    Slip,
}

const WAYS: [Way; 5] = [
    Way::Copy,
    Way::Excerpt,
    Way::Reworded,
    Way::Named,
    Way::Slip,
];

/// One family.
pub struct Family {
    /// What the agencies supplied.
    pub supplied: Supplied,
    /// The one child.
    pub people: People,
    /// Echoes: the entry, the one that it repeats, and how.
    pub echoes: Vec<(String, String, Way)>,
    /// Entries of agencies that saw the same thing as another and wrote it down for themselves.
    pub independent: Vec<String>,
}

const AGENCIES: [(&str, &str); 5] = [
    ("school", "per school"),
    ("police", "reported to us by police"),
    ("gp", "advised by the GP"),
    ("health-visiting", "per the health visitor"),
    ("social-care", "according to the social worker"),
];

/// What can happen: how who saw it first tells it, how another who saw it tells it with some of the same words, and how
/// one tells it who uses none of them.
const EVENTS: [[&str; 3]; 24] = [
    [
        "{n} had a round bruise above the left elbow and would not say how it came",
        "A bruise was seen on the left arm of {n}, near the elbow",
        "{n} kept a sleeve pulled down over a mark",
    ],
    [
        "{n} came without a coat in the rain and asked twice for something to eat",
        "{n} arrived wet, with no coat, and was hungry",
        "{n} was soaked through and finished two breakfasts",
    ],
    [
        "Shouting was heard through the wall after midnight and a door was slammed",
        "There was shouting at the address at about one in the night",
        "Neighbours were woken by a row",
    ],
    [
        "{n} fell asleep on the carpet and could not be woken for the bell",
        "{n} was asleep before lunch and hard to wake",
        "{n} could not keep awake in the afternoon",
    ],
    [
        "The kitchen window is broken and boarded with a table top",
        "A board covers the broken kitchen window",
        "One pane is missing and it is cold inside",
    ],
    [
        "{n} drew five people and crossed out the tallest with a black crayon",
        "A drawing by {n} shows five people, one of them crossed out",
        "A picture made by {n} troubled the staff",
    ],
    [
        "The booster was missed for the third time and the reminder came back unopened",
        "{n} was not brought for the booster",
        "Immunisations are behind",
    ],
    [
        "A man in a green van waited at the gate and left when he was spoken to",
        "A green van stood near the gate with a man in it",
        "Somebody unknown was hanging about outside",
    ],
    [
        "{n} has lost two kilograms since the summer and tires on the stairs",
        "The weight of {n} is down by two kilograms",
        "{n} looks thin and is out of breath",
    ],
    [
        "The gas was cut off on Friday and the family cooked on a camping stove",
        "There is no gas; a camping stove stands in the kitchen",
        "Dinner was heated over a small burner on the floor",
    ],
    [
        "{n} whispered that the cellar is where you go when you spill milk",
        "{n} spoke of the cellar and of spilt milk",
        "{n} seemed afraid of a room downstairs",
    ],
    [
        "Ms Hale slurred her words and dropped the keys twice on the steps",
        "Ms Hale dropped her keys and her speech was slurred",
        "Ms Hale was unsteady",
    ],
    [
        "The dog bit the postman and was shut in the small bedroom with {n}",
        "A dog at the address bit the postman",
        "There was an incident with an animal",
    ],
    [
        "{n} hid under the coats when the bell for going rang",
        "At home time {n} was found under the coats",
        "{n} did not want to leave",
    ],
    [
        "A crack runs from the socket to the cot and the wall is damp",
        "The wall by the cot is damp and cracked",
        "The bedroom is in poor repair",
    ],
    [
        "Forty pounds were taken from the purse and the rent was borrowed from a lender",
        "Ms Hale borrowed the rent from a lender",
        "Money is short this month",
    ],
    [
        "{n} limped to the swings and said that the stairs had been slippery",
        "{n} was limping; the stairs were said to be slippery",
        "{n} favoured one leg",
    ],
    [
        "A burn the width of an iron was dressed and the account changed twice",
        "{n} had a burn, said to be from an iron",
        "A dressing was put on",
    ],
    [
        "{n} sang the whole song about the lighthouse and bowed three times",
        "{n} sang the lighthouse song at assembly",
        "{n} was happy and proud",
    ],
    [
        "Ms Hale left the clinic before the blood test and did not book another",
        "Ms Hale went before the blood test was done",
        "The results are still outstanding",
    ],
    [
        "The key safe was forced and the tablets for the grandmother were gone",
        "Tablets were missing from a forced key safe",
        "Medicines have disappeared",
    ],
    [
        "{n} was at the bus station at ten at night with a carrier bag of clothes",
        "{n} was found at the bus station late, carrying clothes",
        "{n} had packed and gone",
    ],
    [
        "A neighbour minds {n} from four until the late shift ends at eleven",
        "{n} is minded by a neighbour until eleven",
        "Childcare in the evenings is arranged informally",
    ],
    [
        "{n} asked whether foster homes have night lights and who chooses them",
        "{n} asked about foster homes and night lights",
        "{n} is curious about living elsewhere",
    ],
];

const BEFORE: [&str; 6] = [
    "Home visit.",
    "Telephone call from the setting.",
    "Seen at the drop-in.",
    "Routine check.",
    "Information for the file.",
    "Discussed with the manager.",
];
const AFTER: [&str; 6] = [
    "Ms Hale was told about it at the gate.",
    "No further action at this time.",
    "It will be looked at again next week.",
    "A note was left for the duty worker.",
    "Nothing else was noticed.",
    "Ms Hale was spoken to and was friendly.",
];
/// What every service writes often, in much the same words.
const ROUTINE: [&str; 8] = [
    "Home visit by appointment. The house was warm and tidy and there was food in the kitchen.",
    "Attended on time and joined in with the group.",
    "Ms Hale rang to change the appointment to next week.",
    "Growth on track and immunisations up to date.",
    "Nobody answered the door and a card was left.",
    "Routine review. No concerns were raised and the plan stays as it is.",
    "Ms Hale said that things are going well at home.",
    "Telephone call to Ms Hale, who was friendly and open.",
];
/// Words for which somebody who rewords uses others.
const OTHERWISE: [(&str, &str); 26] = [
    ("bruise", "mark"),
    ("round", "circular"),
    ("above", "over"),
    ("came", "arrived"),
    ("coat", "jacket"),
    ("rain", "wet"),
    ("shouting", "raised voices"),
    ("heard", "audible"),
    ("asleep", "sleeping"),
    ("broken", "smashed"),
    ("drew", "sketched"),
    ("missed", "not kept"),
    ("man", "male"),
    ("waited", "was standing"),
    ("lost", "dropped"),
    ("since", "from"),
    ("cut", "switched"),
    ("whispered", "said quietly"),
    ("slurred", "mumbled"),
    ("shut", "locked"),
    ("hid", "was hiding"),
    ("damp", "wet"),
    ("borrowed", "got"),
    ("limped", "hobbled"),
    ("forced", "broken into"),
    ("asked", "wanted to know"),
];
const NAMES: [&str; 6] = [
    "Florian", "Imogen", "Matilda", "Rosalind", "Bertram", "Clemence",
];
const SLIPS: [&str; 6] = [
    "Florain", "Imogan", "Matlida", "Roselind", "Betram", "Clemance",
];

impl Family {
    /// Makes the family of a seed.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut maker = Maker::of(&mut dice);
        let mut open: Vec<usize> = (0..EVENTS.len()).collect();
        for _ in 0..10 {
            let event = open.swap_remove(maker.dice.below(open.len()));
            maker.event(event);
        }
        for _ in 0..12 {
            maker.routine();
        }
        maker.finish()
    }
}

/// A family under construction.
struct Maker<'a> {
    dice: &'a mut Dice,
    name: usize,
    entries: Vec<Entry>,
    echoes: Vec<(String, String, Way)>,
    independent: Vec<String>,
}

impl<'a> Maker<'a> {
    fn of(dice: &'a mut Dice) -> Self {
        Self {
            name: dice.below(NAMES.len()),
            dice,
            entries: Vec::new(),
            echoes: Vec::new(),
            independent: Vec::new(),
        }
    }

    /// Something happens: one agency sees it, another may see it too, and another may copy it.
    fn event(&mut self, event: usize) {
        let mut agencies: Vec<usize> = (0..AGENCIES.len()).collect();
        let mut next = |dice: &mut Dice| agencies.swap_remove(dice.below(agencies.len()));
        let (first, second, third) = (next(self.dice), next(self.dice), next(self.dice));
        let day =
            Day::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(self.dice.below(360) as u64);
        let way = self.dice.is(0.5).then(|| *self.dice.pick(&WAYS));
        let core = EVENTS[event][0];
        // there is no slip to copy where the first telling names nobody
        let named = core.contains("{n}");
        let way = way.map(|way| {
            if way == Way::Slip && !named {
                Way::Named
            } else {
                way
            }
        });
        let slip = way == Some(Way::Slip);
        let text = self.told(core, slip);
        let source = self.push(first, day, 0, &text);
        // whoever saw it and whoever repeats it in other words do not use the same other words
        let other = 1 + self.dice.below(2);
        if self.dice.is(0.4) {
            let phrase = EVENTS[event][other];
            let text = self.told(phrase, false);
            let later = self.dice.below(3) as u64;
            let id = self.push(second, day, later, &text);
            self.independent.push(id);
        }
        if let Some(way) = way {
            let text = self.repeated(way, (event, 3 - other), first, &text);
            let later = 1 + self.dice.below(6) as u64;
            let id = self.push(third, day, later, &text);
            self.echoes.push((id, source, way));
        }
    }

    /// A sentence with something before and after it, as an agency writes.
    fn told(&mut self, core: &str, slip: bool) -> String {
        let names = if slip { &SLIPS } else { &NAMES };
        let core = core.replace("{n}", names[self.name]);
        let before = if self.dice.is(0.5) {
            format!("{} ", self.dice.pick(&BEFORE))
        } else {
            String::new()
        };
        let after = if self.dice.is(0.5) {
            format!(" {}", self.dice.pick(&AFTER))
        } else {
            String::new()
        };
        format!("{before}{core}.{after}")
    }

    fn repeated(
        &mut self,
        way: Way,
        (event, other): (usize, usize),
        from: usize,
        text: &str,
    ) -> String {
        let core = EVENTS[event][0].replace("{n}", NAMES[self.name]);
        match way {
            Way::Copy => text.to_owned(),
            Way::Excerpt => {
                let words: Vec<&str> = core.split(' ').collect();
                let part = words[..words.len() * 3 / 4].join(" ");
                self.told(&part.replace(NAMES[self.name], "the child"), false)
            }
            Way::Reworded => {
                let mut text = format!("{core}.");
                for (word, other) in OTHERWISE {
                    text = text.replace(word, other);
                }
                self.told(text.trim_end_matches('.'), false)
            }
            Way::Named => {
                let phrase = EVENTS[event][other].replace("{n}", NAMES[self.name]);
                format!("{}: {phrase}.", AGENCIES[from].1)
            }
            Way::Slip => {
                let phrase = EVENTS[event][other];
                if phrase.contains("{n}") {
                    self.told(phrase, true)
                } else {
                    self.told(&format!("About {{n}}: {phrase}"), true)
                }
            }
        }
    }

    fn routine(&mut self) {
        let agency = self.dice.below(AGENCIES.len());
        let day =
            Day::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(self.dice.below(360) as u64);
        let text = (*self.dice.pick(&ROUTINE)).to_owned();
        let later = self.dice.below(3) as u64;
        self.push(agency, day, later, &text);
    }

    fn push(&mut self, agency: usize, day: Day, later: u64, text: &str) -> String {
        let agency = AgencyId::new(AGENCIES[agency].0);
        let id = EntryId::new(&agency, &format!("E{:03}", self.entries.len()));
        let row = RowRef {
            file: 0,
            sheet: 0,
            row: 2,
        };
        let name = id.as_str().to_owned();
        self.entries.push(Entry {
            when: When::day(day),
            recorded_on: When::day(day + chrono::Days::new(later)),
            text: text.to_owned(),
            persons: vec![RecordId::new(&AgencyId::new("school"), "1")],
            ..Entry::blank(id, row)
        });
        name
    }

    fn finish(self) -> Family {
        let mut record = Record::named_only(RecordId::new(&AgencyId::new("school"), "1"));
        NAMES[self.name].clone_into(&mut record.given_name);
        "Hale".clone_into(&mut record.family_name);
        let agencies = AGENCIES.iter().map(|(id, _)| Agency {
            supplied: true,
            ..Agency::of_id(&AgencyId::new(id))
        });
        let mut supplied = Supplied {
            agencies: agencies.collect(),
            records: vec![record],
            entries: self.entries,
            ..Supplied::default()
        };
        supplied.entries.sort_by(|one, other| one.id.cmp(&other.id));
        supplied
            .agencies
            .sort_by(|one, other| one.id.cmp(&other.id));
        let person = Person {
            id: PersonId::new("P1"),
            records: vec![0],
            status: LinkStatus::Single,
            lowest_probability: None,
            decided_by: Vec::new(),
            candidates: 0,
            name: NAMES[self.name].to_owned(),
            other_names: Vec::new(),
            births: Vec::new(),
            sexes: Vec::new(),
            roles: Vec::new(),
        };
        Family {
            supplied,
            people: People {
                persons: vec![person],
                person_of: vec![0],
                ..People::default()
            },
            echoes: self.echoes,
            independent: self.independent,
        }
    }
}
