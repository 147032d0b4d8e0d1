//! Encodes polls and checks the limits in LinkedIn's documentation.

use syndicate_api::{Code, Diagnostic, Poll};

use crate::wire::posts::{self as wire, PollOption, PollSettings};
use syndicate_api::text::{sanitize, utf16_len};

/// Maximum length of the question and of an option, in UTF-16 code units.
const MAX_QUESTION: usize = 140;
const MAX_OPTION: usize = 30;

/// Permitted number of options.
const OPTION_COUNT: std::ops::RangeInclusive<usize> = 2..=4;

/// Permitted durations in days, with LinkedIn's constants for them.
const DURATIONS: &[(u32, &str)] = &[
    (1, "ONE_DAY"),
    (3, "THREE_DAYS"),
    (7, "SEVEN_DAYS"),
    (14, "FOURTEEN_DAYS"),
];

pub(super) fn encode(poll: &Poll) -> Result<wire::Poll, Diagnostic> {
    let count = poll.options.len();
    if !OPTION_COUNT.contains(&count) {
        let noun = if count == 1 { "option" } else { "options" };
        let (least, most) = (OPTION_COUNT.start(), OPTION_COUNT.end());
        return Err(unfit(format!(
            "the poll has {count} {noun}, and LinkedIn accepts {least} to {most}"
        )));
    }
    let duration = DURATIONS.iter().find(|(days, _)| *days == poll.days);
    let Some((_, duration)) = duration else {
        return Err(unfit(format!(
            "invalid poll duration `{}`: LinkedIn accepts 1, 3, 7 and 14 days",
            poll.days
        )));
    };
    let options = poll.options.iter().map(|option| {
        let text = check_text("option of the poll", option, MAX_OPTION)?;
        Ok(PollOption { text })
    });
    Ok(wire::Poll {
        question: check_text("question of the poll", &poll.question, MAX_QUESTION)?,
        options: options.collect::<Result<_, Diagnostic>>()?,
        settings: PollSettings {
            duration,
            vote_selection_type: "SINGLE_VOTE",
            is_voter_visible_to_author: true,
        },
    })
}

fn check_text(name: &str, text: &str, max_len: usize) -> Result<String, Diagnostic> {
    let text = sanitize(text);
    let length = utf16_len(&text);
    if text.trim().is_empty() {
        Err(unfit(format!("the {name} is empty")))
    } else if length > max_len {
        Err(unfit(format!(
            "the {name} `{text}` has {length} characters, and LinkedIn accepts at most {max_len}"
        )))
    } else {
        Ok(text)
    }
}

fn unfit(message: String) -> Diagnostic {
    Diagnostic::new(Code::AttachmentUnfit, message)
}
