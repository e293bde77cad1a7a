//! Tables of families, and what holds of every drawing.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::import::{self, Limits};
use crate::model::case::Case;
use crate::model::settings::Settings;
use crate::model::words::Sex;
use crate::picture::Picture;

/// A family of members as "Name sex birth", `*` before a child whom the case is about; ties by position; homes.
fn family(members: &[&str], ties: &[(usize, Bond, usize)], homes: &[&[usize]]) -> Family {
    let as_of: crate::model::date::Day = "2026-03-02".parse().unwrap();
    let members = members.iter().enumerate().map(|(at, line)| {
        let is_index = line.starts_with('*');
        let mut parts = line.trim_start_matches('*').split(' ');
        let name = parts.next().unwrap().replace('_', " ");
        let sex = match parts.next().unwrap() {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            _ => None,
        };
        let birth: Option<crate::model::date::Day> = parts.next().and_then(|day| day.parse().ok());
        let age = birth.map(|birth| crate::model::date::age_on(birth, as_of));
        Member {
            person: Some(at),
            name,
            sex,
            birth: birth.filter(|birth| *birth <= as_of),
            due: birth.filter(|birth| *birth > as_of),
            age: age.filter(|age| *age >= 0),
            is_child: age.is_some_and(|age| age < 18),
            is_index,
            ..Member::default()
        }
    });
    let ties = ties.iter().map(|&(one, bond, other)| Tie {
        bond,
        one,
        other,
        said_by: vec!["Social care".into()],
        worded: vec![format!("{bond:?}")],
        is_over: false,
        has_responsibility: false,
        since: (None, None),
    });
    let mut family = Family {
        members: members.collect(),
        ties: ties.collect(),
        ..Family::default()
    };
    let homes = homes
        .iter()
        .map(|home| home.iter().copied().collect::<BTreeSet<usize>>());
    home::settle(&mut family, homes.collect());
    family.add_unrecorded();
    family
}

fn pieces(line: &Line) -> Vec<(Point, Point)> {
    line.points
        .windows(2)
        .map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
        .collect()
}

fn lies_on(point: Point, line: &Line) -> bool {
    pieces(line).iter().any(|(from, to)| {
        (from.x..=to.x).contains(&point.x)
            && (from.y.min(to.y)..=from.y.max(to.y)).contains(&point.y)
    })
}

/// Whether two pieces share more than a point.
fn overlap(one: (Point, Point), other: (Point, Point)) -> bool {
    let ((a, b), (c, d)) = (one, other);
    let level = a.y == b.y && c.y == d.y && a.y == c.y && a.x.max(c.x) < b.x.min(d.x);
    let upright = a.x == b.x && c.x == d.x && a.x == c.x && a.y.max(c.y) < b.y.min(d.y);
    level || upright
}

/// What holds of every drawing.
fn holds(family: &Family) -> Genogram {
    let drawn = Genogram::of(family);
    assert_eq!(drawn, Genogram::of(family), "the same again");
    for (at, member) in family.members.iter().enumerate() {
        let times = drawn.placed.iter().filter(|one| one.member == at).count();
        // a parent whom nobody recorded stands nowhere when the line to the child is not drawn
        assert!(
            times == 1 || member.is_nobody() && times == 0,
            "{} stands once",
            member.name
        );
    }
    for (at, one) in drawn.placed.iter().enumerate() {
        assert!(one.x >= 0 && one.x < drawn.width && one.y >= 0 && one.y < drawn.height);
        for other in drawn.placed.iter().skip(at + 1) {
            let room = if one.is_small || other.is_small {
                3
            } else {
                ACROSS
            };
            let apart = (one.x - other.x).abs() >= room
                || (one.y - other.y).abs()
                    >= if one.is_small || other.is_small {
                        1
                    } else {
                        TALL
                    };
            assert!(apart, "{one:?} and {other:?}");
        }
    }
    for (at, tie) in family.ties.iter().enumerate() {
        let Some((one, other)) = drawn.place_of(tie.one).zip(drawn.place_of(tie.other)) else {
            continue;
        };
        if tie.bond.is_parent() && !drawn.not_drawn.contains(&at) {
            assert!(one.y < other.y, "parents stand above their children");
        }
    }
    let touches = |point: Point, one: &Placed| {
        if one.is_small {
            (point.x - one.x).abs() <= 1 && point.y == one.y
        } else {
            (point.x - one.x).abs() < HALF && (one.y - 1..=one.y + TALL).contains(&point.y)
        }
    };
    for (at, line) in drawn.lines.iter().enumerate() {
        for end in [line.points[0], line.points[line.points.len() - 1]] {
            let at_somebody = drawn.placed.iter().any(|one| touches(end, one));
            let on_a_line = drawn
                .lines
                .iter()
                .enumerate()
                .any(|(of, other)| of != at && lies_on(end, other));
            assert!(
                at_somebody || on_a_line,
                "{line:?} ends in the air at {end:?}\n{}",
                drawn.text(family).join("\n")
            );
        }
        for other in drawn.lines.iter().skip(at + 1) {
            let of_one_union = line.points[0] == other.points[0];
            let over = pieces(line)
                .into_iter()
                .any(|one| pieces(other).into_iter().any(|two| overlap(one, two)));
            assert!(
                of_one_union || !over,
                "{line:?} lies on {other:?}\n{}",
                drawn.text(family).join("\n")
            );
        }
    }
    let list = family.list(Some(&drawn));
    for tie in &family.ties {
        let names = |at: usize| family.members[at].name.as_str();
        if family.members[tie.one].is_nobody() {
            continue;
        }
        let said = list.iter().find(|said| said.member == tie.one).unwrap();
        let lines = said.bound.join("\n") + &said.home;
        assert!(
            lines.contains(names(tie.other)),
            "{} and {} in the list:\n{lines}",
            names(tie.one),
            names(tie.other)
        );
    }
    drawn
}

const TWINS: [&str; 5] = [
    "Ann f 1990-01-01",
    "Bob m 1988-01-01",
    "*Cy m 2014-02-02",
    "*Di f 2019-05-05",
    "*Ed m 2019-05-05",
];

#[test]
fn twins_hang_from_one_point() {
    let family = family(
        &TWINS,
        &[
            (0, Bond::Parent, 2),
            (1, Bond::Parent, 2),
            (0, Bond::Parent, 3),
            (1, Bond::Parent, 3),
            (0, Bond::Parent, 4),
            (1, Bond::Parent, 4),
            (0, Bond::Married, 1),
        ],
        &[&[0, 1, 2, 3, 4]],
    );
    let drawn = holds(&family);
    let twins: Vec<&Line> = drawn
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Twin)
        .collect();
    assert_eq!(twins.len(), 2);
    assert_eq!(twins[0].points[0], twins[1].points[0]);
    assert!(drawn.not_drawn.is_empty());
    assert_eq!(drawn.loops.len(), 1, "one loop round one home");
    insta::assert_snapshot!("twins", drawn.text(&family).join("\n"));
}

#[test]
fn half_siblings_hang_from_lines_of_their_own_and_a_father_whom_nobody_recorded_is_drawn() {
    let family = family(
        &[
            "Ann f 1990-01-01",
            "Bob m 1988-01-01",
            "Col m 1985-01-01",
            "*Di f 2012-05-05",
            "*Ed m 2016-05-05",
            "*Flo f 2020-01-01",
        ],
        &[
            (0, Bond::Parent, 3),
            (1, Bond::Parent, 3),
            (0, Bond::Parent, 4),
            (2, Bond::Parent, 4),
            (0, Bond::Parent, 5),
            (0, Bond::Partner, 2),
            (3, Bond::HalfSibling, 4),
        ],
        &[&[0, 2, 3, 4, 5]],
    );
    let drawn = holds(&family);
    assert!(drawn.not_drawn.is_empty(), "{:?}", drawn.not_drawn);
    assert_eq!(drawn.placed.iter().filter(|one| one.is_small).count(), 1);
    insta::assert_snapshot!("half-siblings", drawn.text(&family).join("\n"));
}

#[test]
fn a_grandmother_who_cares_for_a_child_is_joined_to_it() {
    let family = family(
        &[
            "Gran f 1955-01-01",
            "Ann f 1990-01-01",
            "*Di f 2019-05-05",
            "Una f 1992-01-01",
        ],
        &[
            (0, Bond::Carer, 2),
            (0, Bond::Grandparent, 2),
            (1, Bond::Parent, 2),
            (3, Bond::AuntUncle, 2),
        ],
        &[&[0, 2]],
    );
    let drawn = holds(&family);
    assert_eq!(
        drawn
            .lines
            .iter()
            .filter(|line| line.kind == LineKind::Care)
            .count(),
        1
    );
    assert_eq!(
        drawn.not_drawn.len(),
        2,
        "grandmother and aunt are in the list"
    );
    insta::assert_snapshot!("grandmother", drawn.text(&family).join("\n"));
}

#[test]
fn a_partner_who_moved_lives_where_they_live_now() {
    let mut family = family(
        &[
            "Ann f 1990-01-01",
            "Bob m 1988-01-01",
            "Cat f 1991-01-01",
            "*Di f 2019-05-05",
            "*Ed m 2023-05-05",
        ],
        &[
            (0, Bond::Parent, 3),
            (1, Bond::Parent, 3),
            (2, Bond::Parent, 4),
            (1, Bond::Parent, 4),
            (0, Bond::Partner, 1),
            (1, Bond::Partner, 2),
            (0, Bond::Lives, 1),
        ],
        &[&[1, 2, 4], &[0, 3]],
    );
    for tie in &mut family.ties {
        tie.is_over = (tie.one, tie.other) == (0, 1);
    }
    let drawn = holds(&family);
    assert_eq!(
        drawn
            .loops
            .iter()
            .map(|one| one.home)
            .collect::<BTreeSet<_>>(),
        BTreeSet::from(['A', 'B'])
    );
    assert!(drawn.lines.iter().any(|line| line.is_over));
    insta::assert_snapshot!("moved", drawn.text(&family).join("\n"));
}

#[test]
fn nobody_related_is_still_a_picture() {
    let family = family(&["Ann f 1990-01-01", "*Di f 2019-05-05", "Zed x"], &[], &[]);
    let drawn = holds(&family);
    assert!(drawn.lines.is_empty() && drawn.loops.is_empty());
    assert!(
        drawn.place_of(0).unwrap().y < drawn.place_of(1).unwrap().y,
        "adults stand above children"
    );
    assert_eq!(
        Genogram::of(&Family::default()).text(&Family::default()),
        Vec::<String>::new()
    );
}

#[test]
fn what_contradicts_is_listed_and_not_drawn() {
    let family = family(
        &["Ann f 1990-01-01", "Bob m 1988-01-01", "*Di f 2019-05-05"],
        &[
            (0, Bond::Parent, 2),
            (2, Bond::Parent, 0),
            (1, Bond::Parent, 2),
            (1, Bond::Sibling, 2),
            (0, Bond::Parent, 1),
        ],
        &[],
    );
    let drawn = holds(&family);
    assert_eq!(drawn.not_drawn.len(), 3);
    let said: Vec<String> = family
        .list(Some(&drawn))
        .into_iter()
        .flat_map(|said| said.bound)
        .collect();
    assert!(
        said.iter().any(|line| line.ends_with("Not drawn.")),
        "{said:#?}"
    );
}

#[test]
fn three_parents_of_one_child_are_two_and_a_line_in_the_list() {
    let family = family(
        &[
            "Ann f 1990-01-01",
            "Bob m 1988-01-01",
            "Col m 1988-01-01",
            "*Di f 2019-05-05",
        ],
        &[
            (0, Bond::Parent, 3),
            (1, Bond::Parent, 3),
            (2, Bond::Parent, 3),
        ],
        &[],
    );
    assert_eq!(holds(&family).not_drawn.len(), 1);
}

#[test]
fn twenty_five_people_over_four_generations_are_drawn() {
    let mut members: Vec<String> = Vec::new();
    let mut ties = Vec::new();
    for (at, name) in ["Gus", "Gwen", "Hal", "Hope"].iter().enumerate() {
        members.push(format!(
            "{name} {} 19{}-01-01",
            if at % 2 == 0 { "m" } else { "f" },
            30 + at
        ));
    }
    // two couples, three children each
    for at in 0..6 {
        members.push(format!(
            "Mid{at} {} 19{}-03-01",
            if at % 2 == 0 { "f" } else { "m" },
            55 + at
        ));
        let first = if at < 3 { 0 } else { 2 };
        ties.extend([
            (first, Bond::Parent, 4 + at),
            (first + 1, Bond::Parent, 4 + at),
        ]);
    }
    ties.extend([
        (0, Bond::Married, 1),
        (2, Bond::Married, 3),
        (4, Bond::Partner, 9),
    ]);
    for at in 0..7 {
        members.push(format!(
            "Young{at} {} 198{at}-05-01",
            if at % 2 == 0 { "f" } else { "m" }
        ));
        let parent = [4, 4, 5, 6, 7, 8, 9][at];
        ties.push((parent, Bond::Parent, 10 + at));
    }
    ties.extend([
        (9, Bond::Parent, 10),
        (10, Bond::Partner, 13),
        (10, Bond::Partner, 15),
    ]);
    for at in 0..8 {
        members.push(format!(
            "*Child{at} {} 20{}-07-01",
            if at % 2 == 0 { "f" } else { "m" },
            10 + at
        ));
        ties.push(([10, 10, 10, 12, 12, 14, 16, 16][at], Bond::Parent, 17 + at));
    }
    ties.extend([(13, Bond::Parent, 17), (15, Bond::Parent, 18)]);
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    assert_eq!(members.len(), 25);
    let family = family(&members, &ties, &[&[10, 13, 17, 18, 19], &[12, 20, 21]]);
    let drawn = holds(&family);
    let rows: BTreeSet<i32> = drawn
        .placed
        .iter()
        .filter(|one| !one.is_small)
        .map(|one| one.y)
        .collect();
    assert_eq!(rows.len(), 4);
    insta::assert_snapshot!("four-generations", drawn.text(&family).join("\n"));
}

fn picture(fixture: &str) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(fixture);
    let folder = import::folder::read_folder(&path, &Limits::default()).unwrap();
    let supplied = import::read(&folder, &Limits::default()).unwrap();
    let settings = Settings::of_config(&supplied.config);
    Picture::of(&Case::new(supplied), &settings).unwrap()
}

#[test]
fn the_bundled_cases_are_drawn() {
    for fixture in ["hollow-lane", "river-street"] {
        let picture = picture(fixture);
        let person = |at: usize| picture.people.persons.get(at).cloned();
        let family = Family::of(
            &picture,
            &Sight {
                record: &|_| true,
                person: &person,
                homes: true,
                as_of: picture.as_of,
                own_agency: picture.settings.own_agency.as_ref(),
            },
        );
        let drawn = holds(&family);
        let list: Vec<String> = family
            .list(Some(&drawn))
            .into_iter()
            .map(|said| {
                format!(
                    "{}: {}\n  {}\n  {}",
                    said.name,
                    said.who,
                    said.bound.join("\n  "),
                    said.home
                )
            })
            .collect();
        let left_out: Vec<String> = family
            .left_out
            .iter()
            .map(|(name, why)| format!("{name}: {why}"))
            .collect();
        let all = format!(
            "{}\n\n{}\n\nleft out:\n{}",
            drawn.text(&family).join("\n"),
            list.join("\n"),
            left_out.join("\n")
        );
        insta::assert_snapshot!(format!("{fixture}"), all);
    }
}

proptest! {
    #[test]
    fn what_holds_holds_of_any_family(
        births in proptest::collection::vec(1930_i32..2026, 2..14),
        ties in proptest::collection::vec((0_usize..14, 0_usize..8, 0_usize..14), 0..18),
        homes in proptest::collection::vec(0_usize..4, 14),
    ) {
        let bonds = [Bond::Parent, Bond::Parent, Bond::Parent, Bond::Partner, Bond::Sibling, Bond::Carer, Bond::Grandparent, Bond::Lives];
        let members: Vec<String> = births.iter().enumerate().map(|(at, year)| format!("N{at:02}x {} {year}-01-0{}", ["f", "m", "x"][at % 3], at % 5 + 1)).collect();
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        let count = members.len();
        let mut seen = BTreeSet::new();
        let ties: Vec<(usize, Bond, usize)> = ties
            .into_iter()
            .map(|(one, bond, other)| (one % count, bonds[bond], other % count))
            .filter(|(one, bond, other)| one != other && seen.insert((*one, *bond, *other)))
            .collect();
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); 4];
        for at in 0..count {
            groups[homes[at]].push(at);
        }
        let groups: Vec<&[usize]> = groups[..3].iter().map(Vec::as_slice).collect();
        holds(&family(&members, &ties, &groups));
    }
}
