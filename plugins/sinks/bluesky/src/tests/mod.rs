mod contract;
mod delivery;
mod platform;
mod update;
