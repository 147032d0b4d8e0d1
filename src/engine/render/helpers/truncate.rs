//! `truncate`: no more than so many characters of a text, whatever the sink allows.

use serde_json::Value;

use super::arguments::complain;
use super::definition::{Signature, VALUE};
use super::helper::{Helper, Yield};
use crate::engine::render::cut;
use crate::engine::render::fault::Complaint;

pub(super) const TRUNCATE: Helper = Helper {
    signature: Signature {
        name: "truncate",
        usage: "{{truncate TEXT 100}}",
        parameters: 2..=2,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let max = arguments.count(1)?;
        if max == 0 {
            let complaint = Complaint::new("`truncate` to 0 characters leaves nothing");
            return Err(complain(
                complaint.hinted("name a greater length".to_owned()),
            ));
        }
        let truncated = cut::truncate(&arguments.text(0)?, max);
        Ok(Yield::Value(Value::from(truncated)))
    },
};
