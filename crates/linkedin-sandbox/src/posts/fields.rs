//! The fields of a post ("Posts API", schema). Fields that LinkedIn sets itself are missing, because
//! clients must not send them. Fields of advertisements and of unsupported content are included, so
//! that the error says that the sandbox does not have them.

use crate::schema::Presence::{NonEmpty, Optional, Required};
use crate::schema::ValueShape::{
    Boolean, List, NotInSandbox, Record, Symbol, Text, Union as OneOf,
};
use crate::schema::{Field, field};

/// The fields of a post.
pub(crate) const POST: &[Field] = &[
    field("author", Required, Text),
    field("commentary", Required, Text),
    field("visibility", Required, Symbol(VISIBILITIES)),
    field("distribution", Required, Record(DISTRIBUTION)),
    field("lifecycleState", Required, Symbol(LIFECYCLE_STATES)),
    field("isReshareDisabledByAuthor", Optional, Boolean),
    field("content", Optional, OneOf(CONTENT)),
    field("reshareContext", Optional, Record(RESHARE)),
    field("contentCallToActionLabel", Optional, NotInSandbox),
    field("contentLandingPage", Optional, NotInSandbox),
    field("adContext", Optional, NotInSandbox),
    field("container", Optional, NotInSandbox),
];

/// The fields of an edit. A field that cannot be edited is missing, so it is refused as not permitted.
pub(crate) const PATCH: &[Field] = &[field(
    "patch",
    Required,
    Record(&[
        field("$set", Required, Record(EDITABLE)),
        field("$delete", Optional, NotInSandbox),
    ]),
)];

const EDITABLE: &[Field] = &[
    field("commentary", Optional, Text),
    field("lifecycleState", Optional, Symbol(LIFECYCLE_STATES)),
    field(
        "contentCallToActionLabel",
        Optional,
        Symbol(CALLS_TO_ACTION),
    ),
    field("contentLandingPage", Optional, Text),
    field("adContext", Optional, NotInSandbox),
];

const CALLS_TO_ACTION: &[&str] = &[
    "APPLY",
    "DOWNLOAD",
    "VIEW_QUOTE",
    "LEARN_MORE",
    "SIGN_UP",
    "SUBSCRIBE",
    "REGISTER",
    "JOIN",
    "ATTEND",
    "REQUEST_DEMO",
    "SEE_MORE",
];

const VISIBILITIES: &[&str] = &["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"];

const LIFECYCLE_STATES: &[&str] = &["PUBLISHED", "DRAFT", "PUBLISH_REQUESTED", "PUBLISH_FAILED"];

const DISTRIBUTION: &[Field] = &[
    field("feedDistribution", Required, Symbol(&["MAIN_FEED", "NONE"])),
    field("targetEntities", Optional, List(&NotInSandbox)),
    field(
        "thirdPartyDistributionChannels",
        Optional,
        List(&NotInSandbox),
    ),
];

const CONTENT: &[Field] = &[
    field("article", Optional, Record(ARTICLE)),
    field("media", Optional, Record(MEDIA)),
    field("multiImage", Optional, Record(MULTI_IMAGE)),
    field("poll", Optional, Record(POLL)),
    field("carousel", Optional, NotInSandbox),
    field("reference", Optional, NotInSandbox),
    field("celebration", Optional, NotInSandbox),
];

const ARTICLE: &[Field] = &[
    field("source", Required, Text),
    // An empty title gets the error of a missing one, as a recorded response shows.
    field("title", NonEmpty, Text),
    field("description", Optional, Text),
    field("thumbnail", Optional, Text),
    field("thumbnailAltText", Optional, Text),
];

const MEDIA: &[Field] = &[
    field("id", Required, Text),
    field("title", Optional, Text),
    field("altText", Optional, Text),
];

const MULTI_IMAGE: &[Field] = &[field(
    "images",
    Required,
    List(&Record(&[
        field("id", Required, Text),
        field("altText", Optional, Text),
    ])),
)];

const POLL: &[Field] = &[
    field("question", Required, Text),
    field(
        "options",
        Required,
        List(&Record(&[field("text", Required, Text)])),
    ),
    field("settings", Required, Record(POLL_SETTINGS)),
];

const POLL_SETTINGS: &[Field] = &[
    field(
        "duration",
        Required,
        Symbol(&["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"]),
    ),
    field(
        "voteSelectionType",
        Optional,
        Symbol(&["SINGLE_VOTE", "MULTIPLE_VOTE"]),
    ),
    field("isVoterVisibleToAuthor", Optional, Boolean),
];

// `root`, the first post of a chain of reshares, is missing because LinkedIn sets it.
const RESHARE: &[Field] = &[field("parent", Required, Text)];
