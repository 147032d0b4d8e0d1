//! The plan as a page: cards that look like the platform's feed. The exported page and the local one
//! are drawn by the same functions; the first has all it needs in one folder, the second adds what one
//! can do. There is no script in what is drawn here, and everything a post says is escaped.

mod card;
mod changed;
mod export;
mod frame;
mod queue;
mod text;

pub use changed::changed;
pub use export::export;
pub use frame::{Frame, STYLE, page};
pub use queue::{entry_id, queue};
