//! The names that templates see, and what is behind each. One table, so that a slip in a template is
//! found when it is read and not when the one post that meets it goes out.

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueShape {
    /// One value: a text, a number, or nothing.
    Scalar,
    /// A list of texts.
    List,
    /// A fixed set of names.
    Record(&'static [(&'static str, Self)]),
    /// The author's own keys; what is there is known when a post is there.
    Open,
}

/// What a template sees. All of it is always there; what is unknown is null or empty.
pub(super) const ROOT: ValueShape = ValueShape::Record(&[
    ("author", ValueShape::Scalar),
    ("budget", ValueShape::Scalar),
    ("description", ValueShape::Scalar),
    ("front", ValueShape::Open),
    ("image", ValueShape::Record(IMAGE)),
    ("kind", ValueShape::Scalar),
    ("lang", ValueShape::Scalar),
    ("link", ValueShape::Scalar),
    ("path", ValueShape::Scalar),
    ("published", ValueShape::Scalar),
    ("site", ValueShape::Record(SITE)),
    ("source", ValueShape::Scalar),
    ("tags", ValueShape::List),
    ("title", ValueShape::Scalar),
    ("updated", ValueShape::Scalar),
    ("url", ValueShape::Scalar),
    ("vars", ValueShape::Open),
]);

const IMAGE: &[(&str, ValueShape)] = &[
    ("alt", ValueShape::Scalar),
    ("file", ValueShape::Scalar),
    ("url", ValueShape::Scalar),
];

const SITE: &[(&str, ValueShape)] = &[
    ("author", ValueShape::Scalar),
    ("description", ValueShape::Scalar),
    ("lang", ValueShape::Scalar),
    ("timezone", ValueShape::Scalar),
    ("title", ValueShape::Scalar),
    ("url", ValueShape::Scalar),
];

impl ValueShape {
    /// The names directly below it, where they are fixed.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let names = match self {
            Self::Record(names) => names,
            Self::Scalar | Self::List | Self::Open => &[],
        };
        names.iter().map(|(name, _)| *name)
    }

    /// What `key` below it stands for, if there can be such a key.
    pub(super) fn below(self, key: &str) -> Option<Self> {
        match self {
            Self::Record(names) => names
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, shape)| *shape),
            Self::List => key.parse::<usize>().ok().map(|_| Self::Scalar),
            Self::Open => Some(Self::Open),
            Self::Scalar => None,
        }
    }

    /// What one round of `{{#each}}` over it sees, if there can be any.
    pub(super) fn each(self) -> Option<Self> {
        match self {
            Self::List | Self::Record(_) => Some(Self::Scalar),
            Self::Open => Some(Self::Open),
            Self::Scalar => None,
        }
    }
}
