mod compile;
mod default;
mod docs;
mod faults;
mod people;
mod properties;
mod sample;
mod texts;
