//! The kinds of events.

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[expect(missing_docs, reason = "the kinds are those of the ledger's events")]
pub enum Kind {
    Created,
    Known,
    Closed,
    Adopted,
    Approved,
    Moved,
    Intent,
    Sent,
    Failed,
    Unknown,
    Probed,
    Settled,
    FollowedUp,
    Updated,
    Retracted,
    Other,
}

impl Kind {
    /// All kinds, in the order of their numbers.
    const ALL: [Self; 16] = [
        Self::Created,
        Self::Known,
        Self::Closed,
        Self::Adopted,
        Self::Approved,
        Self::Moved,
        Self::Intent,
        Self::Sent,
        Self::Failed,
        Self::Unknown,
        Self::Probed,
        Self::Settled,
        Self::FollowedUp,
        Self::Updated,
        Self::Retracted,
        Self::Other,
    ];

    /// Returns the kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let mut kinds = Self::ALL.into_iter();
        kinds
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Other)
    }

    /// Returns the name in the ledger, which is empty for [`Self::Other`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Known => "known",
            Self::Closed => "closed",
            Self::Adopted => "adopted",
            Self::Approved => "approved",
            Self::Moved => "moved",
            Self::Intent => "intent",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Probed => "probed",
            Self::Settled => "settled",
            Self::FollowedUp => "followed_up",
            Self::Updated => "updated",
            Self::Retracted => "retracted",
            Self::Other => "",
        }
    }

    /// Returns `true` if events of this kind are about an attempt.
    #[must_use]
    pub fn has_attempt(self) -> bool {
        self as u8 >= Self::Intent as u8 && self != Self::Other
    }

    /// Returns the kind with this number.
    pub(crate) fn of_number(number: u8) -> Self {
        Self::ALL[usize::from(number) % Self::ALL.len()]
    }
}
