mod compile;
mod default;
mod docs;
mod faults;
mod mentions;
mod properties;
mod sample;
mod texts;
