//! Receipts of posts. The addresses of most posts of a platform differ only in the post's identifier.

use crate::fields::{read_text, write_text};
use crate::numbers::{read_number, write_number};
use crate::texts::Texts;

/// The mark of a receipt without an address.
const NO_URL: u64 = 0;
/// The mark of an address of another form, which follows.
const OWN: u64 = 1;
/// The mark of the first form; those of the others follow.
const FORM: u64 = 2;

/// Maximum number of forms.
const MAX_FORMS: usize = 16;

/// The mark of the identifier in a form. No text of a line has it.
const PLACE: char = '\u{1}';

/// The forms of addresses, as numbers of texts that have a mark in the place of the identifier.
#[derive(Clone, Debug, Default)]
pub(crate) struct UrlForms(pub(crate) Vec<u32>);

impl UrlForms {
    /// Appends the record of a receipt.
    pub(crate) fn write(
        &mut self,
        id: &str,
        url: Option<&str>,
        texts: &mut Texts,
        out: &mut Vec<u8>,
    ) {
        write_text(id, out);
        let Some(url) = url else {
            write_number(NO_URL, out);
            return;
        };
        match self.form(id, url, texts) {
            Some(form) => write_number(form as u64 + FORM, out),
            None => {
                write_number(OWN, out);
                write_text(url, out);
            }
        }
    }

    fn form(&mut self, id: &str, url: &str, texts: &mut Texts) -> Option<usize> {
        if id.is_empty() {
            return None;
        }
        let is_form = |form: &u32| {
            let parts = texts.get(*form).split_once(PLACE);
            let id_of = |(before, after)| url.strip_prefix(before)?.strip_suffix(after);
            parts.and_then(id_of) == Some(id)
        };
        if let Some(form) = self.0.iter().position(is_form) {
            return Some(form);
        }
        if self.0.len() == MAX_FORMS {
            return None;
        }
        let (before, after) = url.split_once(id)?;
        self.0
            .push(texts.intern(&format!("{before}{PLACE}{after}")));
        Some(self.0.len() - 1)
    }

    /// Returns the fields of the receipt in a record, as they are written in the line.
    pub(crate) fn read(&self, record: &[u8], texts: &Texts) -> String {
        let id = read_text(&mut &*record);
        let mut fields = format!(r#","remote":{{"id":"{id}""#);
        let start = fields.len();
        fields.push_str(r#","url":""#);
        match self.push_url(record, texts, &mut fields) {
            true => fields.push('"'),
            false => fields.truncate(start),
        }
        fields.push('}');
        fields
    }

    /// Appends the address in a record, or the identifier if it has none.
    pub(crate) fn push_link(&self, record: &[u8], texts: &Texts, out: &mut String) {
        if !self.push_url(record, texts, out) {
            out.push_str(&read_text(&mut &*record));
        }
    }

    /// Appends the address in a record, and returns `true` if it has one.
    fn push_url(&self, mut record: &[u8], texts: &Texts, out: &mut String) -> bool {
        let id = read_text(&mut record);
        match read_number(&mut record) {
            NO_URL => return false,
            OWN => out.push_str(&read_text(&mut record)),
            form => {
                let form = self.0.get((form - FORM) as usize).copied();
                let parts = form.and_then(|form| texts.get(form).split_once(PLACE));
                let (before, after) = parts.unwrap_or_default();
                out.push_str(before);
                out.push_str(&id);
                out.push_str(after);
            }
        }
        true
    }
}
