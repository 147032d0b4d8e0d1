//! The names that templates can use and the shapes of their values. Because the names are fixed, an
//! unknown one is found when the template is compiled.

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueShape {
    /// One value: a text, a number, or null.
    Scalar,
    /// A list of texts.
    List,
    /// An object with a fixed set of keys.
    Record(&'static [(&'static str, Self)]),
    /// An object with the author's own keys, which differ by post.
    Open,
}

/// The root object of a template. All keys always exist; unknown values are null or empty.
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
    /// Returns the keys of an object with fixed keys.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let names = match self {
            Self::Record(names) => names,
            Self::Scalar | Self::List | Self::Open => &[],
        };
        names.iter().map(|(name, _)| *name)
    }

    /// Returns the shape of the value at `key`, or `None` if there cannot be one.
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

    /// Returns the shape of one entry in `{{#each}}`, or `None` if the value cannot be iterated.
    pub(super) fn each(self) -> Option<Self> {
        match self {
            Self::List | Self::Record(_) => Some(Self::Scalar),
            Self::Open => Some(Self::Open),
            Self::Scalar => None,
        }
    }
}
