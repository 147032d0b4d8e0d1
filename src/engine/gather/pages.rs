//! Counts the pages of a PDF. Platforms accept documents that are too long, damaged or encrypted, and fail
//! on them later.
//!
//! Only the objects on the path to the page tree are parsed, so large files are cheap. Pages of other
//! formats are not counted, because their number depends on the layout.

use std::sync::Arc;

use bytes::Bytes;
use hayro_syntax::{LoadPdfError, Pdf};
use syndicate_api::Code;

/// The reason why a PDF cannot be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnsuitablePdf {
    pub(super) code: Code,
    /// The problem, as a predicate that follows the file's name.
    pub(super) what: String,
    pub(super) hint: &'static str,
}

/// Checks that the PDF in `bytes` is readable without a password and has at most `most` pages.
pub(super) fn check(bytes: &Bytes, most: usize) -> Result<(), UnsuitablePdf> {
    let pdf = Pdf::new(Arc::new(bytes.clone()));
    let count = pdf.map(|pdf| pdf.pages().len());
    let (code, what, hint) = match count {
        Ok(count @ 1..) if count <= most => return Ok(()),
        Ok(count @ 1..) => (
            Code::AttachmentUnfit,
            format!("has {count} pages, but the sink accepts at most {most}"),
            "remove pages, or split the document",
        ),
        Ok(0) | Err(LoadPdfError::Invalid) => (
            Code::AttachmentFormat,
            "is a damaged PDF without a readable page".to_owned(),
            "export it again as PDF",
        ),
        Err(LoadPdfError::Decryption(_)) => (
            Code::AttachmentUnfit,
            "requires a password".to_owned(),
            "save it without a password",
        ),
    };
    Err(UnsuitablePdf { code, what, hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Builds a PDF of empty pages with these entries in its trailer.
    fn pdf(pages: usize, trailer: &str) -> Bytes {
        let kids: String = (0..pages)
            .map(|page| format!("{} 0 R ", page + 3))
            .collect();
        let tree = format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>");
        let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>".to_owned();
        let objects = ["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), tree]
            .into_iter()
            .chain(std::iter::repeat_n(page, pages));
        let mut file = "%PDF-1.4\n".to_owned();
        let mut table = "0000000000 65535 f \n".to_owned();
        for (index, object) in objects.enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
        }
        let (start, size) = (file.len(), pages + 3);
        file.push_str(&format!(
            "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n\
             startxref\n{start}\n%%EOF\n"
        ));
        file.into()
    }

    #[test]
    fn pages_are_counted_up_to_the_limit() {
        for pages in [1, 7, 300] {
            assert_eq!(check(&pdf(pages, ""), 300), Ok(()), "{pages}");
        }
        for pages in [301, 1000] {
            let unfit = check(&pdf(pages, ""), 300).unwrap_err();
            assert_eq!(unfit.code, Code::AttachmentUnfit);
            assert_eq!(
                unfit.what,
                format!("has {pages} pages, but the sink accepts at most 300")
            );
        }
    }

    #[test]
    fn declared_page_count_is_ignored() {
        let text = String::from_utf8(pdf(3, "").to_vec()).unwrap();
        let boasting = text.replace("/Count 3 ", "/Count 9 ");
        assert_eq!(check(&boasting.into(), 3), Ok(()));
    }

    #[test]
    fn pdf_without_table_is_counted() {
        let text = String::from_utf8(pdf(4, "").to_vec()).unwrap();
        let (objects, _) = text.split_once("xref").unwrap();
        let cut = Bytes::from(objects.to_owned());
        assert_eq!(check(&cut, 4), Ok(()));
        assert!(check(&cut, 3).is_err());
    }

    #[test]
    fn damaged_pdf_is_error() {
        for text in [
            "%PDF-1.7",
            "%PDF-1.7 and so on",
            "%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n",
        ] {
            let unfit = check(&Bytes::from_static(text.as_bytes()), 300).unwrap_err();
            assert_eq!(unfit.code, Code::AttachmentFormat, "{text}");
            assert!(unfit.what.contains("damaged"), "{unfit:?}");
        }
        assert!(check(&pdf(0, ""), 300).is_err());
    }

    #[test]
    fn encrypted_pdf_is_error() {
        let keys = "/O (12345678901234567890123456789012) /U (12345678901234567890123456789012)";
        let trailer = format!(
            "/ID [(0123456789abcdef) (0123456789abcdef)] \
             /Encrypt << /Filter /Standard /V 1 /R 2 {keys} /P -4 >>"
        );
        let unfit = check(&pdf(2, &trailer), 300).unwrap_err();
        assert_eq!(unfit.code, Code::AttachmentUnfit);
        assert!(unfit.what.contains("password"), "{unfit:?}");
        assert!(unfit.hint.contains("password"), "{unfit:?}");
    }
}
