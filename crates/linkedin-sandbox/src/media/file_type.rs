//! Detects documents and videos by their first bytes and, for ZIP formats, by their entries. It does
//! not count pages or decode frames.

/// The smallest size of a video, in bytes.
const VIDEO_BYTES: usize = 75_000;

/// Returns the media type of a document: PDF, Word or PowerPoint ("Documents API").
pub(crate) fn document_type(bytes: &[u8]) -> Result<&'static str, String> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(b"%PDF-") {
        return Ok("application/pdf");
    }
    // The older Word and PowerPoint formats share this container. Only its content differs, which is
    // not parsed here.
    if bytes.starts_with(OLE) {
        return Ok("application/x-ole-storage");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        if holds(bytes, b"word/document.xml") {
            return Ok("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        }
        if holds(bytes, b"ppt/presentation.xml") {
            return Ok("application/vnd.openxmlformats-officedocument.presentationml.presentation");
        }
    }
    Err("it is not a PDF, Word or PowerPoint document".to_owned())
}

/// Returns the media type of a video: MP4 ("Videos API").
pub(crate) fn video_type(bytes: &[u8]) -> Result<&'static str, String> {
    if bytes.get(4..8) != Some(b"ftyp") {
        return Err("it is not an MP4 video".to_owned());
    }
    if bytes.len() < VIDEO_BYTES {
        return Err(format!("it has fewer than {VIDEO_BYTES} bytes"));
    }
    Ok("video/mp4")
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::{document_type, video_type};

    #[test]
    fn document_type_follows_bytes() {
        assert_eq!(document_type(b"%PDF-1.7\n"), Ok("application/pdf"));
        assert!(document_type(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...").is_ok());
        let docx = document_type(b"PK\x03\x04......word/document.xml").unwrap();
        assert!(docx.ends_with("wordprocessingml.document"));
        let pptx = document_type(b"PK\x03\x04......ppt/presentation.xml").unwrap();
        assert!(pptx.ends_with("presentationml.presentation"));
        for other in [&b"PK\x03\x04 any.txt"[..], b"<html>", b""] {
            assert!(document_type(other).is_err());
        }
    }

    #[test]
    fn video_is_mp4_of_minimum_size() {
        let mut mp4 = b"\0\0\0\x18ftypisom".to_vec();
        assert!(video_type(&mp4).unwrap_err().contains("fewer"));
        mp4.resize(75_000, 0);
        assert_eq!(video_type(&mp4), Ok("video/mp4"));
        assert!(video_type(b"RIFF....AVI ").is_err());
    }
}
