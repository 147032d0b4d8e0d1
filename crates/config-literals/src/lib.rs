#![doc = include_str!("../README.md")]

pub mod javascript;
pub mod python;
mod scalar;

pub use scalar::scalar;
