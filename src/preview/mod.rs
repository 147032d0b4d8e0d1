//! The plan for the eye: as a card in the terminal, and as JSON for programs. It draws what the plan
//! holds and decides nothing; both show the very text that is sent.

mod card;
mod json;
mod lines;
mod next;

pub use card::{Face, draw, draw_card};
pub use json::{entry_json, explanation_json, fault_json, item_json, plan_json};
pub use lines::{entry_line, summary_lines};
pub use next::{next_lines, next_step};
