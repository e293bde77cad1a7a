//! The words of the flow can be read aloud to anybody, the family included.

use super::*;

/// Words that judge somebody, or that nobody says to a family's face.
const HARSH: [&str; 14] = [
    "perpetrator",
    "abuser",
    "offender",
    "suspicious",
    "fail",
    "hostile",
    "disguised",
    "manipulat",
    "liar",
    "dangerous",
    "refuses",
    "score",
    "blame",
    "fault",
];

#[test]
fn every_question_answer_and_end_can_be_read_to_anybody() {
    let ends = [
        End::Share(Way::Duty),
        End::Share(Way::Anonymous),
        End::Share(Way::NotConfidential),
        End::Share(Way::Consent),
        End::Share(Way::Ground),
        End::DoNotShare(WhyNot::NoPurpose),
        End::DoNotShare(WhyNot::NoReason),
        End::DoNotShare(WhyNot::Detriment),
        End::DoNotShare(WhyNot::Barrier),
        End::AskAdvice(Question::Duty),
    ];
    let mut texts: Vec<String> = ends.iter().map(|end| end.sentence().to_owned()).collect();
    // a flow that shares, and one that does not
    for lines in [&["yes", "E-CRT"][..], &["no", "no"]] {
        let flow = answered(BEFORE, Some("ask police"), england(), lines);
        for question in QUESTIONS {
            let asked = flow.asked(question);
            texts.push(asked.text);
            texts.extend(asked.means.into_iter().map(|means| means.says));
        }
    }
    for text in texts {
        let words = text.to_lowercase();
        let harsh = HARSH.iter().find(|harsh| {
            words
                .split(|c: char| !c.is_alphabetic())
                .any(|word| word.starts_with(**harsh))
        });
        assert_eq!(harsh, None, "{text}");
        assert!(!text.contains('!') && !text.is_empty(), "{text}");
    }
}

/// Every question, in the order in which they are put.
const QUESTIONS: [Question; 25] = [
    Question::Duty,
    Question::DutyCode,
    Question::ListedBody,
    Question::Detriment,
    Question::Purpose,
    Question::Identifies,
    Question::Confidential,
    Question::Basis,
    Question::Consent,
    Question::ConsentCode,
    Question::Reason,
    Question::WhyNoConsent,
    Question::Ground,
    Question::Why,
    Question::Settled,
    Question::WhyNot,
    Question::ForWhat,
    Question::What,
    Question::Recipient,
    Question::FactAndOpinion,
    Question::Told,
    Question::ToldHow,
    Question::Sent,
    Question::On,
    Question::DecidedBy,
];
