//! `join`: joins the entries of a list to one text.

use serde_json::Value;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

pub(super) const JOIN: Helper = Helper {
    signature: Signature {
        name: "join",
        usage: "{{join LIST \", \"}}",
        parameters: 1..=2,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let separator = match arguments.maybe(1) {
            Some(_) => arguments.text(1)?,
            None => ", ".into(),
        };
        let joined = arguments.texts(0)?.join(&*separator);
        Ok(HelperOutput::Value(Value::from(joined)))
    },
};
