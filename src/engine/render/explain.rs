//! Why an item has no text, in words of its template and of its file. Whoever reads this sees neither
//! handlebars nor our calls into it.

use handlebars::{RenderError, RenderErrorReason};
use syndicate_api::{Code, Item};

use super::compile::Template;
use super::fault::{Complaint, RenderFault, TemplateFault};
use super::fit::TooLong;

/// `item` lacks what the template needs, at the place of the template that needs it.
pub(super) fn not_rendered(template: &Template, item: &Item, error: &RenderError) -> RenderFault {
    let (word, complaint) = complaint(item.label(), error.reason());
    let mut fault = TemplateFault::new(template.name(), complaint.message).hinted(complaint.hint);
    if let Some(tag) = error.line_no.zip(error.column_no) {
        let place = word.and_then(|word| template.place_of(tag, &word));
        fault = fault.at(place.unwrap_or(tag));
    }
    RenderFault {
        code: Code::TemplateError,
        fault,
    }
}

/// The word of the template that is at fault, where there is one, and what is wrong in `file`.
fn complaint(file: &str, reason: &RenderErrorReason) -> (Option<String>, Complaint) {
    match reason {
        RenderErrorReason::MissingVariable(Some(path)) => (
            Some(path.clone()),
            Complaint::new(format!("`{path}` is missing in `{file}`")).hinted(format!(
                "write `{{{{optional {path}}}}}` where it may be missing"
            )),
        ),
        // The call was checked before, so what is not there is a value and not a parameter.
        RenderErrorReason::ParamNotFoundForIndex(helper, _) => (
            Some((*helper).to_owned()),
            Complaint::new(format!("`{helper}` compares what is missing in `{file}`"))
                .hinted("write `(optional front.key)` where it may be missing".to_owned()),
        ),
        RenderErrorReason::InvalidJsonIndex(key) => (
            Some(key.clone()),
            Complaint::new(format!("`{key}` is asked of a list in `{file}`"))
                .hinted("an entry of a list is written `front.list.[0]`".to_owned()),
        ),
        RenderErrorReason::NestedError(error) => {
            let hint = error
                .downcast_ref()
                .and_then(|complaint: &Complaint| complaint.hint.clone());
            let complaint = Complaint::new(format!("{error} in `{file}`"));
            (None, complaint.hinted(hint))
        }
        other => (None, Complaint::new(format!("{other} in `{file}`"))),
    }
}

/// No way of shortening what may be shortened makes it fit.
pub(super) fn too_long(name: &str, too_long: TooLong, limit: usize) -> RenderFault {
    let TooLong { length, had_parts } = too_long;
    let (even, hint) = if had_parts {
        (
            " even with every `fit` part at its minimum",
            "lower the `min=` of a `{{fit …}}`, or shorten the text",
        )
    } else {
        ("", "wrap a part in `{{fit …}}`, or shorten the text")
    };
    let message = format!("the text has a length of {length}{even}, and {limit} are allowed");
    RenderFault {
        code: Code::TextTooLong,
        fault: TemplateFault::new(name, message).hinted(hint.to_owned()),
    }
}

/// A name that is in no mention book.
pub(super) fn nobody(name: &str, complaint: Complaint) -> RenderFault {
    RenderFault {
        code: Code::TemplateError,
        fault: TemplateFault::new(name, complaint.message).hinted(complaint.hint),
    }
}

/// What an author wrote word for word is never shortened.
pub(super) fn author_too_long(name: &str, length: usize, limit: usize) -> RenderFault {
    let message = format!("the commentary has a length of {length}, and {limit} are allowed");
    RenderFault {
        code: Code::TextTooLong,
        fault: TemplateFault::new(name, message).hinted("shorten it".to_owned()),
    }
}

/// There is nothing that a reader would see.
pub(super) fn empty(name: &str) -> RenderFault {
    let hint = "write something in the template or under `syndicate.commentary`";
    RenderFault {
        code: Code::TextEmpty,
        fault: TemplateFault::new(name, "the text is empty").hinted(hint.to_owned()),
    }
}
