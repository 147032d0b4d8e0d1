//! Properties of the real servers that sinks rely on. The fakes of platforms must agree with them.

mod pds;
mod snac;
