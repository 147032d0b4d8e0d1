//! Encodes `multipart/form-data` bodies (RFC 7578) as browsers do. It does not stream: the engine keeps the
//! bytes of media in memory, so a body is one more copy of them.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use sha2::{Digest, Sha256};

/// The hexadecimal digits of a boundary. RFC 2046 allows boundaries of at most 70 characters.
const BOUNDARY_DIGITS: Range<usize> = 0..32;

/// A form with text fields and files, in order.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

/// One field of a form.
#[derive(Clone, Debug)]
struct Part {
    /// The escaped headers, without the blank line after them.
    headers: String,
    content: Bytes,
}

impl Multipart {
    /// Returns an empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text field. The value is sent byte for byte: line breaks are not changed to CRLF.
    #[must_use]
    pub fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        let headers = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        self.parts.push(Part {
            headers,
            content: Bytes::from(value.into()),
        });
        self
    }

    /// Adds a file, such as the [`bytes`](crate::Medium::bytes) of a medium with its
    /// [`media_type`](crate::Medium::media_type).
    #[must_use]
    pub fn file(mut self, name: &str, file_name: &str, media_type: &str, bytes: Bytes) -> Self {
        let headers = format!(
            "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}",
            escaped(name),
            escaped(file_name),
            // A media type is a token; anything after a line break would be a header of its own.
            media_type.lines().next().unwrap_or_default(),
        );
        let content = bytes;
        self.parts.push(Part { headers, content });
        self
    }

    /// Returns the value of the `Content-Type` header and the body. The boundary is derived from the parts,
    /// so that equal forms are equal byte for byte.
    #[must_use]
    pub fn encode(&self) -> (String, Bytes) {
        let boundary = self.boundary();
        let length = self
            .parts
            .iter()
            .map(|part| part.headers.len() + part.content.len() + boundary.len() + 16);
        let mut body = BytesMut::with_capacity(length.sum::<usize>() + boundary.len() + 8);
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n\r\n", part.headers).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        (content_type, body.freeze())
    }

    /// Returns a boundary that no part can contain except by a collision of SHA-256: it is a digest of all
    /// parts, so a part with the boundary in it would change the boundary.
    fn boundary(&self) -> String {
        let mut digest = Sha256::new();
        for part in &self.parts {
            for bytes in [part.headers.as_bytes(), &part.content] {
                digest.update(bytes.len().to_be_bytes());
                digest.update(bytes);
            }
        }
        let digits: String = digest
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("syndicate-{}", &digits[BOUNDARY_DIGITS])
    }
}

/// Escapes a name for a quoted header parameter, as the WHATWG HTML standard defines it ("Multipart form
/// data"): percent-encodes line breaks and quotation marks and leaves everything else, `%` included.
fn escaped(name: &str) -> String {
    name.replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The name, file name, media type and content of a field.
    type Field = (String, Option<String>, Option<String>, Bytes);

    async fn parsed((content_type, body): (String, Bytes)) -> Vec<Field> {
        let boundary = multer::parse_boundary(content_type).unwrap();
        let mut form = multer::Multipart::with_reader(&body[..], boundary);
        let mut fields = Vec::new();
        while let Some(field) = form.next_field().await.unwrap() {
            fields.push((
                field.name().unwrap().to_owned(),
                field.file_name().map(str::to_owned),
                field.content_type().map(ToString::to_string),
                field.bytes().await.unwrap(),
            ));
        }
        fields
    }

    #[test]
    fn form_is_as_in_rfc_7578() {
        let form = Multipart::new().text("status", "Hello").file(
            "file",
            "a \"b\"\r\n.png",
            "image/png",
            Bytes::from_static(b"\x89PNG"),
        );
        let (content_type, body) = form.encode();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=");
        let boundary = boundary.unwrap();
        let body = String::from_utf8_lossy(&body).replace(boundary, "B");
        assert_eq!(
            body,
            "--B\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nHello\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22%0D%0A.png\"\r\n\
             Content-Type: image/png\r\n\r\n\u{fffd}PNG\r\n--B--\r\n"
        );
        assert_eq!(form.encode(), form.clone().encode());
        assert_ne!(form.encode().0, Multipart::new().encode().0);
    }

    proptest! {
        #[test]
        fn parser_reads_back_each_field(
            texts in prop::collection::vec(("[a-zA-Z0-9\"\r\n ü-]{1,12}", "\\PC{0,40}|(\r|\n|-|a){0,9}"), 0..4),
            files in prop::collection::vec(("[a-z]{1,8}", "[a-zA-Z0-9._ \"\r\nü-]{1,20}", prop::collection::vec(any::<u8>(), 0..80)), 0..4),
        ) {
            let mut form = Multipart::new();
            let mut expected: Vec<Field> = Vec::new();
            for (name, value) in &texts {
                form = form.text(name, value);
                expected.push((escaped(name), None, None, Bytes::from(value.clone())));
            }
            for (name, file_name, bytes) in &files {
                let bytes = Bytes::from(bytes.clone());
                form = form.file(name, file_name, "image/png", bytes.clone());
                let media_type = Some("image/png".to_owned());
                expected.push((escaped(name), Some(escaped(file_name)), media_type, bytes));
            }
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            prop_assert_eq!(runtime.block_on(parsed(form.encode())), expected);
        }
    }
}
