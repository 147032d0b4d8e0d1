//! Deliveries of several steps, over several runs and machines: what a later run does about a step that failed or an
//! answer that was lost.

mod before;
mod find;
mod follow_ups;
mod keyed;
mod machine;
mod panics;
mod sink;
mod update;
