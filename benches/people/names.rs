//! Names: common ones of several traditions, and rare ones made of syllables.

use super::dice::{Dice, skew};

/// Given names of women born before 2001, the commonest first.
const WOMEN: [&str; 60] = [
    "Karen",
    "Sarah",
    "Nicola",
    "Rachel",
    "Joanne",
    "Lisa",
    "Emma",
    "Rebecca",
    "Victoria",
    "Catherine",
    "Jennifer",
    "Elizabeth",
    "Laura",
    "Amanda",
    "Alison",
    "Kelly",
    "Gemma",
    "Hayley",
    "Stephanie",
    "Natalie",
    "Kathryn",
    "Christine",
    "Patricia",
    "Theresa",
    "Heather",
    "Zoe",
    "Charlotte",
    "Anna",
    "Caroline",
    "Melanie",
    "Lindsey",
    "Philippa",
    "Bernadette",
    "Siobhan",
    "Aisha",
    "Nasreen",
    "Shazia",
    "Sunita",
    "Rukhsana",
    "Magdalena",
    "Joanna",
    "Dorota",
    "Ngozi",
    "Abena",
    "Fatoumata",
    "Hodan",
    "Xin",
    "Mei",
    "Carmen",
    "Ioana",
    "Elena",
    "Olena",
    "Leila",
    "Zeynep",
    "Esther",
    "Marcia",
    "Bronwen",
    "Mairead",
    "Ewa",
    "Parveen",
];
/// Given names of men born before 2001.
const MEN: [&str; 60] = [
    "Paul",
    "David",
    "Andrew",
    "Stephen",
    "Mark",
    "Christopher",
    "Michael",
    "Robert",
    "James",
    "Richard",
    "Daniel",
    "Matthew",
    "Anthony",
    "Simon",
    "Jonathan",
    "Nicholas",
    "Gareth",
    "Lee",
    "Darren",
    "Craig",
    "Stuart",
    "Ian",
    "Neil",
    "Philip",
    "Gary",
    "Alan",
    "Timothy",
    "Sean",
    "Kevin",
    "Joseph",
    "Benjamin",
    "Samuel",
    "Edward",
    "Patrick",
    "Mohammed",
    "Imran",
    "Asif",
    "Tariq",
    "Rajesh",
    "Harpreet",
    "Krzysztof",
    "Marcin",
    "Tomasz",
    "Chinedu",
    "Kwame",
    "Ibrahim",
    "Abdi",
    "Wei",
    "Jun",
    "Jose",
    "Vasile",
    "Andrei",
    "Oleksandr",
    "Hamid",
    "Mehmet",
    "Yusuf",
    "Winston",
    "Dafydd",
    "Declan",
    "Piotr",
];
/// Given names of girls born since.
const GIRLS: [&str; 60] = [
    "Lily", "Olivia", "Emily", "Sophie", "Chloe", "Ella", "Grace", "Freya", "Evelyn", "Poppy",
    "Isabella", "Florence", "Willow", "Millie", "Phoebe", "Harriet", "Matilda", "Imogen",
    "Scarlett", "Abigail", "Eleanor", "Amelia", "Mila", "Erin", "Lola", "Orla", "Keira", "Lacey",
    "Tilly", "Eva", "Maryam", "Khadija", "Aaliyah", "Inaya", "Zainab", "Anaya", "Simran", "Zofia",
    "Hanna", "Maja", "Adaeze", "Efua", "Halima", "Ifrah", "Yuna", "Lan", "Lucia", "Daria",
    "Bianca", "Sofiya", "Yasmin", "Elif", "Naomi", "Shanice", "Seren", "Caoimhe", "Amber",
    "Summer", "Kayla", "Robyn",
];
/// Given names of boys born since.
const BOYS: [&str; 60] = [
    "Jack",
    "Oliver",
    "Harry",
    "Alfie",
    "Thomas",
    "Joshua",
    "Theo",
    "Logan",
    "Leo",
    "Max",
    "Lucas",
    "Mason",
    "Ethan",
    "Jacob",
    "Alexander",
    "William",
    "Finley",
    "Isaac",
    "Toby",
    "Archie",
    "Reggie",
    "Jude",
    "Dylan",
    "Tyler",
    "Hugo",
    "Albie",
    "Zachary",
    "Rowan",
    "Jayden",
    "Kian",
    "Muhammad",
    "Yahya",
    "Zayn",
    "Ayaan",
    "Arjun",
    "Ranveer",
    "Jakub",
    "Szymon",
    "Antoni",
    "Chidi",
    "Kofi",
    "Abdullahi",
    "Bilal",
    "Hao",
    "Minh",
    "Mateo",
    "Stefan",
    "Matei",
    "Danylo",
    "Reza",
    "Emir",
    "Malachi",
    "Tyrese",
    "Ioan",
    "Oisin",
    "Rhys",
    "Cody",
    "Brandon",
    "Connor",
    "Nathan",
];
/// Family names of about two in five, the commonest first.
const FAMILY: [&str; 110] = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Jackson",
    "Clarke",
    "Khan",
    "Patel",
    "Hughes",
    "Edwards",
    "Harris",
    "Ahmed",
    "Cooper",
    "Ward",
    "Singh",
    "Hussain",
    "Morgan",
    "Lee",
    "King",
    "Ali",
    "Baker",
    "Morris",
    "Moore",
    "Kaur",
    "Begum",
    "Murphy",
    "Kelly",
    "Phillips",
    "Watson",
    "Parker",
    "Bennett",
    "Young",
    "Griffiths",
    "Cook",
    "Shaw",
    "Mitchell",
    "Chapman",
    "Richardson",
    "Mahmood",
    "Ellis",
    "Marshall",
    "Simpson",
    "Nowak",
    "Collins",
    "Webb",
    "Rogers",
    "Hunt",
    "Palmer",
    "Holmes",
    "Mills",
    "Barnes",
    "Knight",
    "Lloyd",
    "Butler",
    "Fletcher",
    "Russell",
    "Okafor",
    "Osei",
    "Mensah",
    "Hassan",
    "Warsame",
    "Chen",
    "Wang",
    "Nguyen",
    "Garcia",
    "Popescu",
    "Kowalczyk",
    "Wisniewska",
    "Shevchenko",
    "Demir",
    "Rahimi",
    "Campbell",
    "O'Brien",
    "Byrne",
    "MacDonald",
    "Sutherland",
    "Pritchard",
    "Llewellyn",
    "Barker",
    "Fisher",
    "Gill",
    "Jenkins",
    "Atkinson",
    "Nicholson",
    "Sheikh",
    "Rao",
    "Mohamud",
    "Da Silva",
    "Ferreira",
    "Van Dijk",
    "Ivanov",
    "Petrova",
    "Balogun",
    "Boateng",
    "Tembo",
    "Whittaker",
];
/// Syllables of rare names.
const STARTS: [&str; 40] = [
    "al", "bar", "bel", "bren", "cal", "cor", "dal", "dor", "el", "fen", "fol", "gor", "gri",
    "har", "hol", "is", "jes", "kal", "kir", "lan", "lor", "mal", "mor", "nev", "nor", "or", "pas",
    "pel", "quin", "rad", "ros", "sal", "sto", "tal", "tor", "ul", "val", "wes", "yel", "zor",
];
const MIDDLES: [&str; 32] = [
    "", "a", "an", "ber", "chi", "den", "du", "e", "fa", "gan", "go", "i", "ka", "len", "li", "ma",
    "mi", "na", "no", "o", "pi", "ra", "ri", "sa", "si", "ta", "te", "u", "va", "wi", "ya", "zi",
];
const ENDS: [&str; 40] = [
    "bank", "bert", "burn", "by", "cott", "dale", "den", "din", "ell", "er", "ett", "fast", "gate",
    "good", "house", "ick", "ing", "ison", "kett", "lake", "land", "lin", "low", "man", "mere",
    "nell", "now", "pool", "ridge", "sell", "side", "sop", "sted", "stow", "than", "tree", "vane",
    "well", "wood", "yard",
];
/// How many rare names there are; the commonest of them are met often, most once or never.
const RARE: usize = 40_000;

/// All names, with how often each is given.
pub struct Names {
    /// Running sums of the weights of common given names, and of common family names.
    given: Vec<f64>,
    family: Vec<f64>,
    /// Running sums of the weights of rare names, and the order that makes each file's common rare names its own.
    rare: Vec<f64>,
    turn: usize,
}

impl Names {
    /// Prepares the weights.
    pub fn new(dice: &mut Dice) -> Self {
        Self {
            given: skew(WOMEN.len(), 8.0, 0.8),
            family: skew(FAMILY.len(), 5.0, 0.75),
            rare: skew(RARE, 300.0, 1.15),
            turn: dice.below(RARE),
        }
    }

    /// Gives a name to somebody of this sex born in this year.
    pub fn given(&self, woman: bool, year: i32, dice: &mut Dice) -> String {
        if dice.is(0.135) {
            return self.rare(dice);
        }
        let list = match (woman, year < 2001) {
            (true, true) => &WOMEN,
            (false, true) => &MEN,
            (true, false) => &GIRLS,
            (false, false) => &BOYS,
        };
        list[dice.place(&self.given)].to_string()
    }

    /// Draws a family name.
    pub fn family(&self, dice: &mut Dice) -> String {
        if dice.is(0.40) {
            FAMILY[dice.place(&self.family)].to_string()
        } else {
            self.rare(dice)
        }
    }

    /// Makes a rare name.
    fn rare(&self, dice: &mut Dice) -> String {
        // a step prime to the number of combinations walks them all, so that neighbours in rank do not sound alike
        let all = STARTS.len() * MIDDLES.len() * ENDS.len();
        let at = (dice.place(&self.rare) + self.turn) * 7_919 % all;
        let (start, rest) = (at % STARTS.len(), at / STARTS.len());
        let (middle, end) = (rest % MIDDLES.len(), rest / MIDDLES.len());
        capital(&[STARTS[start], MIDDLES[middle], ENDS[end]].concat())
    }
}

/// Writes the first letter as a capital.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
