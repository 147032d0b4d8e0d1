//! Pictures ("Images API"): a call that opens an upload, one `PUT` of the bytes to the address
//! that it answered, and a call that tells what became of them. As with LinkedIn the `PUT`
//! succeeds whatever the bytes are; a picture that cannot be used shows in its status, and in the
//! post that nobody sees.

mod picture;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::App;
use super::auth::Member;
use super::errors::Refusal;
use super::journal::Note;
use super::protocol::{JsonBody, RestCall, illegal_argument, media_type, urn_in, whole};
use super::schema::{self, Field, Need, Shape, field};
use super::state::{World, opaque};

/// How long an upload address lives, as recorded answers show.
const UPLOAD_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// The largest upload. LinkedIn documents a limit of pixels only; this one keeps the user's memory.
const UPLOAD_BYTES: usize = 64 << 20;

const PREFIX: &str = "urn:li:image:";

const INITIALIZE: &[Field] = &[field(
    "initializeUploadRequest",
    Need::Required,
    Shape::Record(&[
        field("owner", Need::Required, Shape::Text),
        field("mediaLibraryMetadata", Need::Optional, Shape::Elsewhere),
    ]),
)];

/// An image that an upload was opened for.
#[derive(Clone, Debug)]
pub(super) struct Image {
    /// Who may use it.
    pub(super) owner: String,
    /// What became of it.
    pub(super) upload: Upload,
    key: String,
    expires: Timestamp,
}

/// What became of an upload.
#[derive(Clone, Debug)]
pub(super) enum Upload {
    /// No bytes came yet.
    Waiting,
    /// Readers can see it.
    Available {
        /// What the bytes themselves show.
        media_type: &'static str,
        /// The bytes as they came.
        bytes: Bytes,
    },
    /// The bytes cannot be used, for this reason.
    Failed(String),
}

pub(super) fn routes() -> Router<App> {
    let upload = put(upload).layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    Router::new()
        .route("/rest/images", post(initialize))
        .route("/rest/images/{urn}", get(status))
        .route("/dms-uploads/sp/v2/{id}/uploaded-image/0", upload)
}

/// The identifier in an image's URN, if it is one.
pub(super) fn id_of(urn: &str) -> Option<&str> {
    urn.strip_prefix(PREFIX)
        .filter(|id| !id.is_empty() && !id.contains(':'))
}

/// The image whose identifier is `id`.
pub(super) fn find<'w>(world: &'w World, id: &str) -> Option<&'w Image> {
    world.images.get(&format!("{PREFIX}{id}"))
}

async fn initialize(
    State(app): State<App>,
    call: RestCall,
    RawQuery(query): RawQuery,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    call.must_post("partnerApiImagesExternal.ACTION-initializeUpload")?;
    if query.as_deref() != Some("action=initializeUpload") {
        return Err(illegal_argument(
            "a POST to /rest/images needs the query action=initializeUpload",
        ));
    }
    schema::check(INITIALIZE, &body)?;
    let owner = body["initializeUploadRequest"]["owner"]
        .as_str()
        .unwrap_or_default();
    if !call.member.acts_for(owner) {
        return Err(Refusal::value_denied("/initializeUploadRequest/owner"));
    }

    let expires = app.sandbox.clock.now() + UPLOAD_LIFETIME;
    let mut world = app.sandbox.world();
    let number = world.images.len();
    let id = format!("D5610AQ{}", opaque("image", number, 12));
    let key = opaque("upload", number, 32);
    let upload_url = format!(
        "{}/dms-uploads/sp/v2/{id}/uploaded-image/0?ca=vector_ads&cn=uploads&ut={key}",
        app.base_url
    );
    let urn = format!("{PREFIX}{id}");
    let image = Image {
        owner: owner.to_owned(),
        upload: Upload::Waiting,
        key,
        expires,
    };
    world.images.insert(urn.clone(), image);
    Ok(Json(json!({"value": {
        "uploadUrlExpiresAt": expires.as_millisecond(),
        "uploadUrl": upload_url,
        "image": urn,
    }})))
}

async fn upload(
    State(app): State<App>,
    member: Result<Member, Refusal>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    // The body was read before anything is refused: who is still sending may miss the answer.
    let member = member?;
    if !headers.contains_key(header::CONTENT_LENGTH) {
        return Err(Refusal::plain(
            StatusCode::LENGTH_REQUIRED,
            "an upload needs Content-Length",
        ));
    }
    may_upload(&app, &member, &id, query.as_deref())?;
    if let Some(declared) = media_type(&headers)
        && !picture::DECLARED_TYPES.contains(&declared.as_str())
    {
        return Err(Refusal::plain(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "images are taken as image/jpeg, image/png, image/gif or application/octet-stream",
        ));
    }
    let received = Upload::receive(whole(body)?).await;
    let urn = format!("{PREFIX}{id}");
    let note = match &received {
        Upload::Failed(why) => format!("{urn} is PROCESSING_FAILED: {why}"),
        good => format!("{urn} is {}", good.status()),
    };
    if let Some(image) = app.sandbox.world().images.get_mut(&urn) {
        image.upload = received;
    }
    let mut response = StatusCode::CREATED.into_response();
    response.extensions_mut().insert(Note(note));
    Ok(response)
}

impl Upload {
    async fn receive(bytes: Bytes) -> Self {
        let looked_at = bytes.clone();
        let inspected = tokio::task::spawn_blocking(move || picture::inspect(&looked_at));
        match inspected.await {
            Ok(Ok(media_type)) => Self::Available { media_type, bytes },
            Ok(Err(why)) => Self::Failed(why),
            Err(_) => Self::Failed("it makes the decoder fail".to_owned()),
        }
    }

    /// The status as the API names it.
    fn status(&self) -> &'static str {
        match self {
            Self::Waiting => "WAITING_UPLOAD",
            Self::Available { .. } => "AVAILABLE",
            Self::Failed(_) => "PROCESSING_FAILED",
        }
    }
}

/// Refuses an upload that nobody opened, that has expired or that is somebody else's.
fn may_upload(app: &App, member: &Member, id: &str, query: Option<&str>) -> Result<(), Refusal> {
    let world = app.sandbox.world();
    let image = find(&world, id).filter(|image| {
        let mut pairs = query.unwrap_or_default().split('&');
        pairs.any(|pair| pair.strip_prefix("ut=") == Some(&image.key))
    });
    let Some(image) = image else {
        return Err(Refusal::plain(
            StatusCode::NOT_FOUND,
            "no upload was opened at this address; use uploadUrl as it was answered, with its query",
        ));
    };
    if !member.acts_for(&image.owner) {
        return Err(Refusal::denied("the upload was opened by another member"));
    }
    if app.sandbox.clock.now() >= image.expires {
        return Err(Refusal::gateway(
            StatusCode::BAD_REQUEST,
            "EXPIRED_UPLOAD_URL",
            "the upload address has expired",
        ));
    }
    Ok(())
}

async fn status(State(app): State<App>, call: RestCall, uri: Uri) -> Result<Json<Value>, Refusal> {
    let urn = urn_in(&uri)?;
    let world = app.sandbox.world();
    let Some(image) = world.images.get(&urn) else {
        return Err(Refusal::gateway(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "there is no such image",
        ));
    };
    if !call.member.acts_for(&image.owner) {
        return Err(Refusal::denied(
            "Accessing this image resource is forbidden",
        ));
    }
    let mut answer = json!({
        "id": urn,
        "owner": image.owner,
        "status": image.upload.status(),
    });
    if let (Upload::Available { .. }, Some(id)) = (&image.upload, id_of(&urn)) {
        answer["downloadUrl"] = format!("{}/media/{id}", app.base_url).into();
        answer["downloadUrlExpiresAt"] = image.expires.as_millisecond().into();
    }
    Ok(Json(answer))
}
