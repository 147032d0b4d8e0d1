//! The plan as a page: cards that look like the platform's feed. The exported page and the local one
//! are drawn by the same functions; the first has all it needs in one folder, the second adds what one
//! can do. There is no script in what is drawn here, and everything a post says is escaped.

mod card;
mod changed;
mod export;
mod frame;
mod names;
mod queue;
mod text;

pub(crate) use changed::changed;
pub(crate) use export::export;
pub(crate) use frame::{PageFrame, STYLE, page};
pub(crate) use names::DeliveryId;
pub(crate) use queue::{entry_id, queue};
pub(crate) use text::message;
