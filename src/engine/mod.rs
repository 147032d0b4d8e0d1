//! In the making.

pub mod gather;
pub mod render;
