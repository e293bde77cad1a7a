//! One form for the ways in which a name of another script is written in Latin letters: Юлия is Yulia, Yuliya, Iuliia, Julia.
//!
//! A form is only ever compared with another form: it is no spelling, and nobody is shown it.

/// Words shorter than this keep their letters: Jan and Ian are two names, and so are Jo and Yo.
const SHORTEST: usize = 4;

/// The form of a folded word: y and j are i, x is ks, ie is e, and i is never doubled. It is for a person to say what a letter
/// stands for in a language; these are the choices in which transliterations of one name differ.
pub fn form(word: &str) -> String {
    if word.len() < SHORTEST {
        return word.to_owned();
    }
    let mut form = String::with_capacity(word.len() + 1);
    for letter in word.chars() {
        match letter {
            'x' => form.push_str("ks"),
            'i' | 'y' | 'j' => {
                if !form.ends_with('i') {
                    form.push('i');
                }
            }
            'e' => {
                if form.ends_with('i') {
                    form.pop();
                }
                form.push('e');
            }
            other => form.push(other),
        }
    }
    form
}

/// Whether a name is written in letters that are not Latin, so that its Latin letters are a choice made here.
pub fn is_of_another_script(name: &str) -> bool {
    // the Greek letters begin here, and after them come the other scripts
    name.chars().any(|c| c.is_alphabetic() && c >= '\u{370}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::names::words;

    fn of(name: &str) -> String {
        words(name).iter().map(|word| form(word)).collect()
    }

    #[test]
    fn ways_of_writing_one_name_have_one_form() {
        for (name, others) in [
            ("Юлия", &["Yulia", "Yuliya", "Iuliia", "Julia"][..]),
            ("Алексей", &["Alexey", "Aleksei", "Alexei", "Aleksey"]),
            ("Наталья", &["Natalya", "Natalia"]),
            ("Евгений", &["Yevgeny", "Evgeny", "Evgenii"]),
            ("Дмитрий", &["Dmitry", "Dmitri", "Dmitriy"]),
            ("Мария", &["Maria", "Mariya"]),
            ("Чайковский", &["Chaikovsky", "Chaykovskiy"]),
            ("Максим", &["Maxim", "Maksim"]),
            ("Соловьёв", &["Soloviov"]),
        ] {
            for other in others {
                assert_eq!(of(name), of(other), "{name} {other}");
            }
        }
    }

    #[test]
    fn other_names_keep_other_forms() {
        for (a, b) in [("Jan", "Ian"), ("Юлия", "Галина"), ("Jack", "Zack")] {
            assert_ne!(of(a), of(b), "{a} {b}");
        }
    }
}
