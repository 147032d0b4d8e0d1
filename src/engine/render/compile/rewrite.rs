//! Changes a checked template so that handlebars handles lists and empty values as authors expect.
//!
//! - `{{x}}` becomes a call of the helper [`helpers::PRINT`], which refuses lists and objects.
//!   Handlebars would print them as `[a, b]` or `[object]`.
//! - `{{#each}}` and `{{#with}}` without an `{{else}}` get an empty one. In strict mode handlebars
//!   reports an error for a missing value, but these blocks test for it.

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};

use crate::engine::render::helpers;

pub(super) fn rewrite(template: &mut Template) {
    for element in &mut template.elements {
        match element {
            TemplateElement::Expression(call) | TemplateElement::HtmlExpression(call) => {
                print(call);
            }
            TemplateElement::HelperBlock(call) => block(call),
            _ => {}
        }
    }
}

fn print(call: &mut HelperTemplate) {
    if call.params.is_empty() && call.hash.is_empty() {
        let name = Parameter::Name(helpers::PRINT.to_owned());
        let value = std::mem::replace(&mut call.name, name);
        call.params.push(value);
    }
}

fn block(call: &mut HelperTemplate) {
    let is_question = matches!(call.name.as_name(), Some("each" | "with"));
    if is_question && call.inverse.is_none() {
        call.inverse = Some(Template::new());
    }
    call.template.iter_mut().for_each(rewrite);
    call.inverse.iter_mut().for_each(rewrite);
}
