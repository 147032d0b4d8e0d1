//! The icon of a page. Browsers always request it, and log an error if it is missing.

use axum::http::{HeaderName, header};

/// The path at which browsers request the icon.
pub const ICON_PATH: &str = "/favicon.ico";

const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\">\
                    <rect width=\"16\" height=\"16\" rx=\"4\" fill=\"#0a66c2\"/>\
                    <path d=\"M4 11.5h8M4 8h8M4 4.5h5\" stroke=\"#fff\" stroke-width=\"1.5\"/></svg>\n";

/// Responds with the icon.
pub async fn icon() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(header::CONTENT_TYPE, "image/svg+xml")], ICON)
}
