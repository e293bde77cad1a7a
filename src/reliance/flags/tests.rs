//! Each flag on a small case that meets its rule, and on one that just does not.

mod absence;
mod citing;
mod course;
mod further;
mod pattern;
mod records;

use crate::model::basis::NOT_RECORDED;
use crate::model::decision::{Decision, Verdict};
use crate::model::id::{AgencyId, ConclusionId};
use crate::model::phrase::Coded;
use crate::model::words::{Channel, Role};
use crate::reliance::fixture::{Scene, on};

pub fn id(agency: &str) -> AgencyId {
    AgencyId::new(agency)
}

/// Own agency, police and school; a child of nine and a fact about the child from each.
pub fn family() -> Scene {
    let mut scene = Scene::new(&["social-care", "police", "school"]);
    let child = scene.person("social-care:1", "Ada Example", "2016-05-01");
    scene.people.persons[child].roles = vec![Role::Child];
    for agency in ["social-care", "police", "school"] {
        let fact = scene.fact(&[agency], false);
        scene.about(fact, child);
        scene.when(fact, "2026-02-20");
    }
    scene
}

#[test]
fn one_family_with_nothing_wrong_raises_nothing() {
    let mut scene = family();
    scene.entry(0).channel = Coded::Known(Channel::Child);
    scene.timeline.facts[0].cited_by = vec![ConclusionId::new("C1")];
    scene.involvement("school", 0, "2025-09-01");
    // a child of nine is also known to school nursing
    let nurse = scene.fact(&["school-nursing"], false);
    scene.agency("school-nursing", true);
    scene.about(nurse, 0);
    scene.when(nurse, "2026-02-20");
    assert_eq!(scene.raise().flags, Vec::new());
}

#[test]
fn an_explanation_stands_beside_the_flag_until_it_is_withdrawn() {
    let mut scene = family();
    scene.entry(1).basis = vec![NOT_RECORDED.into()];
    let flag = scene.flags("basis-missing").remove(0);
    assert!(flag.id.starts_with('K') && flag.id.len() == 13);
    let explained = Verdict::FlagExplained {
        flag_id: flag.id.clone(),
        reason: "asked today".into(),
    };
    scene.decisions = vec![Decision::plain(1, explained, "A. Analyst")];
    assert_eq!(
        scene.flags("basis-missing")[0].explained_by,
        "A. Analyst: asked today"
    );
    scene.decisions[0].withdrawn_by = Some(2);
    assert_eq!(scene.flags("basis-missing")[0].explained_by, "");
}

#[test]
fn thresholds_can_be_set() {
    let mut scene = family();
    scene.significance(1, 2);
    scene.entry(1).recorded_on = on("2026-02-23");
    assert!(scene.flags("late-recorded").is_empty());
    scene
        .settings
        .thresholds
        .insert("late-recorded.days".into(), 2.0);
    assert_eq!(scene.flags("late-recorded")[0].threshold, "2");
}
