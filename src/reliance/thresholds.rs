//! The thresholds of the flags: every number that a rule uses has a name, a default and a meaning, and can be set.

use crate::model::settings::Settings;

/// One number that a flag's rule uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// `code.name`, as in the `[flags]` table of `case.toml`.
    pub name: &'static str,
    /// The value without a setting.
    pub default: f64,
    /// What it means, with its unit.
    pub meaning: &'static str,
}

macro_rules! thresholds {
    ($($constant:ident = $name:literal, $default:expr, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $constant: Threshold = Threshold { name: $name, default: $default, meaning: $meaning };
        )*
        const ALL: &[Threshold] = &[$($constant),*];
    };
}

thresholds! {
    NO_OUTCOME_DAYS = "action-no-outcome.days", 30.0, "Days after which an action without an outcome is worth checking, due or not.";
    ADULT_SHARE = "adult-only-focus.share", 0.7, "Share of the available facts from which the picture looks mostly at adults.";
    AGENCY_EFFECTIVE = "agency-dominance.effective", 0.5, "Effective agencies, as a share of those supplying, below which the picture leans on few.";
    AGENCY_SHARE = "agency-dominance.share", 0.6, "Share of the available facts from which one other agency dominates.";
    REPLY_DAYS = "asked-no-reply.working_days", 3.0, "Working days in which a reply is due when the request names no day.";
    OVERRIDDEN_DAYS = "asked-then-overridden.days", 30.0, "Days from a refusal within which sharing on another ground is worth checking.";
    BASIS_ENTRIES = "basis-missing.entries", 1.0, "Entries of one agency without a sound basis from which it is worth checking.";
    PATTERN_DAYS = "broken-pattern.days", 30.0, "Days within which an absence, a missed health appointment and no reply are one pattern.";
    PATTERN_FACTS = "broken-pattern.facts", 4.0, "Facts of one agency about a family from which its usual rhythm can be told.";
    PATTERN_TIMES = "broken-pattern.times", 3.0, "Times the usual days between two facts, over which a silence is worth checking.";
    SEEN_ALONE_AGE = "child-not-seen.alone_age", 3.0, "Age in years from which a child is expected to be seen alone.";
    SEEN_ALONE_DAYS = "child-not-seen.alone_days", 30.0, "Days within which a child on a plan is expected to be seen alone.";
    NO_ACCESS = "child-not-seen.no_access", 3.0, "Visits running that met nobody, from which it is worth checking.";
    SEEN_DAYS = "child-not-seen.working_days", 10.0, "Working days within which a child on a plan is expected to be seen.";
    VOICE_AGE = "child-voice-missing.age", 3.0, "Age in years from which a child's own view is expected; below it, an observation of the child.";
    VOICE_DAYS = "child-voice-missing.days", 90.0, "Days within which a child's view or words are expected.";
    VOICE_DAYS_YOUNG = "child-voice-missing.days_under_age", 30.0, "Days within which somebody is expected to have observed a younger child.";
    CIRCULAR_AGENCIES = "circular-reporting.agencies", 2.0, "Agencies that tell a fact with one origin, from which it may look better supported than it is.";
    CLUSTER_AGENCIES = "cross-agency-cluster.agencies", 3.0, "Agencies whose small facts come together, from which they are worth reading together.";
    CLUSTER_DAYS = "cross-agency-cluster.days", 30.0, "Days within which small facts come together.";
    CLUSTER_FACTS = "cross-agency-cluster.facts", 3.0, "Small facts that come together, from which they are worth reading together.";
    DOMAIN_AGENCIES = "domain-gap.agencies", 2.0, "Agencies that speak of a dimension, below which it rests on too few.";
    UNRECORDED_SHARE = "family-view-missing.share", 0.3, "Share of the available facts of which nobody recorded whether the family was told.";
    HELD_SIGNIFICANCE = "held-not-shared.significance", 2.0, "Significance from which a fact that was never received is worth checking.";
    IDENTITY_PROBABILITY = "identity-doubt.probability", 0.9, "Probability of a link below which facts attached through it are in doubt.";
    IDENTITY_SIGNIFICANCE = "identity-doubt.significance", 2.0, "Significance from which a fact that is not cited counts too.";
    SILENT_ENTRIES = "involved-but-silent.entries", 1.0, "Entries about a person, below which an involved agency counts as silent.";
    RECORDED_DAYS = "late-recorded.days", 7.0, "Days from the event to its recording.";
    RECORDED_DAYS_S47 = "late-recorded.days_s47", 2.0, "Days from the event to its recording in a child protection enquiry (48 hours).";
    RECORDED_SIGNIFICANCE = "late-recorded.significance", 2.0, "Significance from which late recording is worth checking.";
    SHARED_DAYS = "late-shared.days", 7.0, "Days from recording to receipt of a significant fact.";
    SHARED_DAYS_OTHER = "late-shared.days_other", 30.0, "Days from recording to receipt of any other fact.";
    SHARED_SIGNIFICANCE = "late-shared.significance", 2.0, "Significance from which the shorter of the two limits holds.";
    LAY_MONTHS = "lay-reports-discounted.months", 12.0, "Months within which reports from outside the services are counted together.";
    LAY_REPORTS = "lay-reports-discounted.reports", 2.0, "Reports without action from which it is worth checking.";
    CONTRIBUTION_P = "low-contribution.p", 0.05, "Probability of telling so little, counted both ways, at or below which it is worth checking.";
    ASKED_SCHOOL_FROM = "not-asked.school_from", 5.0, "Age in years from which a school and school nursing are expected to know a child.";
    ASKED_SCHOOL_UNTIL = "not-asked.school_until", 16.0, "Age in years up to which they are.";
    ASKED_YOUNG_UNTIL = "not-asked.young_until", 5.0, "Age in years up to which health visiting and a GP are expected to know a child.";
    OPTIMISM_DAYS = "optimism-after-output.days", 60.0, "Days after a good outcome within which concerns about the child count.";
    OVER_P = "over-relied.p", 0.05, "Probability, adjusted for the number of groups, at or below which so many citations are flagged.";
    OVER_RATIO = "over-relied.ratio", 1.5, "Cited to expected, from which so many citations are flagged.";
    OWN_AGENCIES = "own-agency-dominance.agencies", 3.0, "Agencies known to hold data, from which dominance of the own agency is worth checking.";
    OWN_SHARE = "own-agency-dominance.share", 0.6, "Share of the available facts from which the own agency dominates.";
    EXPOSED_FACTS = "protected-detail-exposed.facts", 1.0, "Facts of one agency with a protected detail from which it is worth checking.";
    SELF_REPORT_SHARE = "self-report-reliance.share", 0.4, "Share of the cited facts that rest on a parent's or carer's account alone.";
    SELF_REPORT_SIGNIFICANCE = "self-report-reliance.significance", 2.0, "Significance from which a fact counts here while nothing is cited.";
    ACTION_DAYS = "shared-no-action.days", 14.0, "Days within which an action, decision or conclusion is expected.";
    ACTION_DAYS_S47 = "shared-no-action.days_s47", 3.0, "The same in a child protection enquiry.";
    ACTION_SIGNIFICANCE = "shared-no-action.significance", 2.0, "Significance from which a fact waits for an action.";
    SINGLE_ORIGINS = "single-origin-conclusion.origins", 1.0, "Origins at or below which a conclusion on second-hand facts, allegations or opinions is worth checking.";
    STALE_DAYS = "stale-source.days", 90.0, "Days since the last fact of an agency that still works with a person.";
    STALE_DAYS_INFANT = "stale-source.days_infant", 30.0, "The same for a child under one year old.";
    STALE_SYNCHRONISED = "stale-source.synchronised_days", 30.0, "Days since an agency's export was last synchronised.";
    AGAIN_CONTACTS = "start-again.contacts", 3.0, "Contacts or referrals without an assessment from which it is worth checking.";
    AGAIN_MONTHS = "start-again.months", 12.0, "Months within which contacts, closings and openings are counted together.";
    AGAIN_REOPENED = "start-again.reopened", 2.0, "Times that a case was closed and opened again from which it is worth checking.";
    STATUS_FACTS = "status-hierarchy.facts", 4.0, "Facts on either side below which standing is not judged.";
    STATUS_RATIO = "status-hierarchy.ratio", 2.0, "Times as often cited, at equal significance, from which it is worth checking.";
    UNCITED_FACTS = "uncited-agency.facts", 1.0, "Significant facts of an agency, none cited, from which it is worth checking.";
    UNCITED_SIGNIFICANCE = "uncited-agency.significance", 2.0, "Significance from which a fact counts as significant here.";
    UNDER_P = "under-relied.p", 0.05, "Probability, adjusted for the number of groups, at or below which so few citations are flagged.";
    UNDER_RATIO = "under-relied.ratio", 2.0 / 3.0, "Cited to expected, up to which so few citations are flagged.";
    UNSEEN_FACTS = "unseen-adult.facts", 2.0, "Facts about an adult linked to a child, below which little is known of them.";
}

/// All thresholds, by name.
pub fn thresholds() -> &'static [Threshold] {
    ALL
}

/// Thresholds of which the first may not lie above the second.
const IN_ORDER: [[Threshold; 2]; 2] = [
    [ASKED_SCHOOL_FROM, ASKED_SCHOOL_UNTIL],
    [UNDER_RATIO, OVER_RATIO],
];

/// What is wrong with the thresholds that are set, and what would be right; `None` when each can be met.
pub fn wrong_threshold(settings: &Settings) -> Option<(String, String)> {
    for (name, set) in &settings.thresholds {
        let Some(threshold) = ALL.iter().find(|threshold| threshold.name == name) else {
            let hint = "casepicture flags --thresholds lists the names";
            return Some((format!("{name} is no threshold"), hint.to_owned()));
        };
        let most = threshold.most();
        if !(0.0..=most).contains(set) {
            let range = if most.is_finite() {
                format!("from 0 to {most}")
            } else {
                "of 0 or more".to_owned()
            };
            return Some((
                format!("{name} = {set} can never be met"),
                format!("give a number {range}: {}", threshold.meaning),
            ));
        }
    }
    let [low, high] = IN_ORDER
        .iter()
        .find(|[low, high]| value(settings, low) > value(settings, high))?;
    let (from, until) = (value(settings, low), value(settings, high));
    Some((
        format!("{} = {from} lies above {} = {until}", low.name, high.name),
        "set the two so that the first is not above the second".to_owned(),
    ))
}

impl Threshold {
    /// The largest value that can be met: shares and probabilities end at 1, significance at 3.
    fn most(&self) -> f64 {
        match self.name.rsplit('.').next() {
            Some("share" | "p" | "probability" | "effective") => 1.0,
            Some("significance") => 3.0,
            _ => f64::INFINITY,
        }
    }
}

/// The value in force: the setting, else the default. A setting that is no number counts for nothing.
pub fn value(settings: &Settings, threshold: &Threshold) -> f64 {
    let set = settings.thresholds.get(threshold.name).copied();
    set.filter(|value| value.is_finite())
        .unwrap_or(threshold.default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_each_is_there_once() {
        assert!(ALL.windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn a_threshold_that_cannot_be_met_or_is_none_is_wrong() {
        let said = |set: &[(&str, f64)]| {
            let mut settings = Settings::default();
            let set = set.iter().map(|(name, value)| ((*name).to_owned(), *value));
            settings.thresholds.extend(set);
            wrong_threshold(&settings).map(|(problem, _)| problem)
        };
        for right in [
            [("late-recorded.days", 400.0)],
            [("over-relied.p", 1.0)],
            [("agency-dominance.share", 0.0)],
            [("held-not-shared.significance", 3.0)],
        ] {
            assert_eq!(said(&right), None, "{right:?}");
        }
        for (set, problem) in [
            (
                vec![("late-recorded.weeks", 1.0)],
                "late-recorded.weeks is no threshold",
            ),
            (
                vec![("late-recorded.days", -1.0)],
                "late-recorded.days = -1 can",
            ),
            (vec![("over-relied.p", 1.5)], "over-relied.p = 1.5 can"),
            (
                vec![("identity-doubt.probability", 90.0)],
                "identity-doubt.probability = 90 can",
            ),
            (
                vec![("identity-doubt.significance", 4.0)],
                "identity-doubt.significance = 4 can",
            ),
            (
                vec![("late-recorded.days", f64::NAN)],
                "late-recorded.days = NaN can",
            ),
            (
                vec![("not-asked.school_from", 17.0)],
                "not-asked.school_from = 17 lies above",
            ),
            (
                vec![("under-relied.ratio", 1.2), ("over-relied.ratio", 1.1)],
                "under-relied.ratio = 1.2 lies above over-relied.ratio = 1.1",
            ),
        ] {
            let told = said(&set).unwrap_or_default();
            assert!(told.starts_with(problem), "{set:?}: {told}");
        }
    }

    #[test]
    fn a_setting_wins_unless_it_is_no_number() {
        let mut settings = Settings::default();
        settings.thresholds.insert(STALE_DAYS.name.into(), 14.0);
        settings.thresholds.insert(OWN_SHARE.name.into(), f64::NAN);
        assert_eq!(value(&settings, &STALE_DAYS), 14.0);
        assert_eq!(value(&settings, &OWN_SHARE), 0.6);
    }
}
