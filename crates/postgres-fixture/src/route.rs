//! The two ways to a server.

/// A way to a server. A client has to work by both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Straight to PostgreSQL.
    Direct,
    /// Through PgBouncer in transaction mode, where each transaction may use another session of the server.
    Pooled,
}

impl Route {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::Direct, Self::Pooled];
}
