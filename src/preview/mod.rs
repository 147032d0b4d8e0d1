//! The plan for the eye: as a card in the terminal, and as JSON for programs. It draws what the plan
//! holds and decides nothing; all show the very text that is sent. It knows no platform: how a feed
//! shows a post, its sink says.

mod advice;
mod ascii;
mod card;
mod changes;
mod fold;
pub mod front;
mod hanging;
pub mod html;
mod json;
mod lines;
mod markdown;
mod next;
pub mod page;
mod view;

pub use advice::advice;
pub use ascii::{ascii, is_ascii};
pub use card::{Face, draw, draw_card};
pub use changes::{Changes, Earlier, draw_changes};
pub use fold::folded;
pub use json::{entry_json, explanation_json, fault_json, item_json, plan_json};
pub use lines::{entry_line, summary_lines};
pub use markdown::markdown;
pub use next::{next_lines, next_step};
