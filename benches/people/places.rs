//! Streets: each has a name, a town and one postcode, and there are as many as the households need.

use super::dice::{Dice, skew};
use super::names::capital;

/// What a street is called before its kind.
const WORDS: [&str; 72] = [
    "Acorn",
    "Aldgate",
    "Almond",
    "Anchor",
    "Arden",
    "Badger",
    "Barley",
    "Beacon",
    "Bellfield",
    "Bluebell",
    "Bramley",
    "Briar",
    "Canal",
    "Cathedral",
    "Chandler",
    "Chestnut",
    "Clover",
    "Colliery",
    "Coppice",
    "Cornmill",
    "Dairy",
    "Deanery",
    "Drayton",
    "Elmhurst",
    "Factory",
    "Falcon",
    "Ferry",
    "Foundry",
    "Foxglove",
    "Gaskell",
    "Glebe",
    "Granary",
    "Hazel",
    "Heath",
    "Heron",
    "Hilltop",
    "Hopton",
    "Inkerman",
    "Ivy",
    "Jubilee",
    "Juniper",
    "Kestrel",
    "Kiln",
    "Larch",
    "Laurel",
    "Lock",
    "Malthouse",
    "Marlborough",
    "Mill",
    "Minster",
    "Nightingale",
    "Nursery",
    "Old Hall",
    "Osborne",
    "Paddock",
    "Parsonage",
    "Pear Tree",
    "Pinfold",
    "Quarry",
    "Rectory",
    "Rookery",
    "Rowan",
    "Sandpit",
    "Spinney",
    "Station",
    "Tannery",
    "Thistle",
    "Tower",
    "Trafalgar",
    "Viaduct",
    "Weaver",
    "Wharf",
];
/// The kinds of street: as written out, and shortened.
pub const KINDS: [(&str, &str); 12] = [
    ("Street", "St"),
    ("Road", "Rd"),
    ("Avenue", "Ave"),
    ("Close", "Cl"),
    ("Lane", "Ln"),
    ("Drive", "Dr"),
    ("Court", "Ct"),
    ("Crescent", "Cres"),
    ("Gardens", "Gdns"),
    ("Place", "Pl"),
    ("Grove", "Gr"),
    ("Terrace", "Ter"),
];
/// What the names of towns are made of.
const TOWN_STARTS: [&str; 24] = [
    "Alder", "Barn", "Bex", "Cawth", "Chell", "Dark", "Elm", "Frod", "Gains", "Hethers", "Ilk",
    "Keld", "Lang", "Mex", "Nant", "Oss", "Pock", "Rams", "Sax", "Tick", "Up", "Wetherl", "Whit",
    "Yarr",
];
const TOWN_ENDS: [&str; 16] = [
    "borough", "bury", "by", "dale", "field", "ford", "ham", "head", "ley", "mere", "mouth",
    "over", "ton", "thorpe", "wick", "worth",
];
const TOWN_TAILS: [&str; 8] = [
    "",
    "",
    "",
    "",
    " Green",
    " Park",
    " on the Hill",
    " St Mary",
];
/// Letters of a postcode's last part: C, I, K, M, O and V are not used there.
const INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// Where somebody lives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Home {
    street: usize,
    number: i32,
}

/// A street.
struct Street {
    word: &'static str,
    kind: usize,
    town: usize,
    postcode: String,
}

/// All streets there are.
pub struct Places {
    streets: Vec<Street>,
    towns: Vec<String>,
}

impl Places {
    /// Lays out streets for that many households, about six homes a street; the bigger the file, the more towns it spans.
    pub fn new(households: usize, dice: &mut Dice) -> Self {
        let size = (households as f64 / 2000.0).sqrt();
        let towns: Vec<String> = (0..((15.0 * size) as usize).max(4))
            .map(|_| {
                let (start, end) = (dice.pick(&TOWN_STARTS), dice.pick(&TOWN_ENDS));
                format!("{start}{end}{}", dice.pick(&TOWN_TAILS))
            })
            .collect();
        let areas: Vec<String> = (0..((10.0 * size) as usize).clamp(4, 110))
            .map(|_| {
                (0..2)
                    .map(|_| char::from(b'A' + dice.below(26) as u8))
                    .collect()
            })
            .collect();
        let sizes = skew(towns.len(), 12.0, 1.0);
        let streets = (0..(households * 10 / 56).max(8))
            .map(|_| Street {
                word: WORDS[dice.below(WORDS.len())],
                kind: dice.below(KINDS.len()),
                town: dice.place(&sizes),
                postcode: postcode(&areas, dice),
            })
            .collect();
        Self { streets, towns }
    }

    /// Finds somebody a home.
    pub fn home(&self, dice: &mut Dice) -> Home {
        Home {
            street: dice.below(self.streets.len()),
            number: dice.between(1, 180),
        }
    }

    /// Writes an address, the kind of street in short or not.
    pub fn address(&self, home: Home, short: bool) -> String {
        let street = &self.streets[home.street];
        let (long, shortened) = KINDS[street.kind];
        let kind = if short { shortened } else { long };
        let town = &self.towns[street.town];
        format!("{} {} {kind}, {town}", home.number, street.word)
    }

    /// Returns the postcode.
    pub fn postcode(&self, home: Home) -> &str {
        &self.streets[home.street].postcode
    }
}

/// Makes a postcode in one of the areas.
fn postcode(areas: &[String], dice: &mut Dice) -> String {
    let area = dice.pick(areas);
    let (district, sector) = (dice.between(1, 29), dice.below(10));
    let unit: String = (0..2).map(|_| char::from(*dice.pick(INWARD))).collect();
    format!("{} {sector}{unit}", capital(&format!("{area}{district}")))
}
