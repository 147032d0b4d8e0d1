//! The plan for the eye: as a card in the terminal, and as JSON for programs. It draws what the plan
//! holds and decides nothing; all show the very text that is sent. It knows no platform: how a feed
//! shows a post, its sink says.

mod advice;
mod ascii;
mod attachment;
mod card;
mod changes;
mod fold;
pub(crate) mod front_matter;
pub(crate) mod html;
mod json;
mod lines;
mod markdown;
mod next;
pub(crate) mod page;
mod view;

pub(crate) use advice::advice;
pub(crate) use ascii::{is_ascii_terminal, to_ascii};
pub(crate) use card::{CardFields, render_card, render_delivery};
pub(crate) use changes::{Changes, PreviousVersion, render_changes};
pub(crate) use fold::split_at_fold;
pub(crate) use json::{entry_json, explanation_json, fault_json, item_json, plan_json};
pub(crate) use lines::{entry_line, summary_lines};
pub(crate) use markdown::render_markdown;
pub(crate) use next::{next_step, next_step_lines};
