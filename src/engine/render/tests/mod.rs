mod compile;
mod default;
mod docs;
mod faults;
mod properties;
mod sample;
mod texts;
