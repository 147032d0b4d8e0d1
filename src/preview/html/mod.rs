//! Renders the plan as a page of cards that look like the platform's feed. The exported page and the
//! local page share these functions; the local page adds forms. The HTML rendered here contains no
//! script, and all text of posts is escaped.

mod article;
mod card;
mod changed;
mod crawler;
mod export;
mod facts;
mod frame;
mod link_card;
mod names;
mod pictures;
mod queue;
mod text;

pub(crate) use changed::changes_html;
pub(crate) use export::{export, media_path};
pub(crate) use frame::{PageFrame, STYLE, page};
pub(crate) use names::DeliveryId;
pub(crate) use queue::{entry_id, queue};
pub(crate) use text::{message, web_address};
