//! Has the plugin encode a post, and checks the result: the same steps each time, in the order of a delivery, with
//! slots that can be filled.

use plugin_protocol::{
    ComposeOk, ComposeTask, ErrorAnswer, Manifest, MediumUse, Reply, StepSpec, Task,
};
use serde_json::{Map, Value};
use syndicate_api::{
    Body, Code, Diagnostic, Medium, Name, Payload, Post, Revision, Role, SLOT_KEY, Step,
};

use super::post::SentPost;
use super::requests::step_of;
use super::step_rules::StepRules;
use crate::host::answer_fields::read_fields;
use crate::host::component::PluginComponent;
use crate::host::conversation::unexpected;
use crate::host::failure::FailureKind;

/// Has the plugin encode `post`.
///
/// # Errors
/// If the plugin refuses the post, fails, or breaks a rule.
pub(super) fn compose(
    component: &PluginComponent,
    post: &Post,
    server_info: &Map<String, Value>,
) -> Result<Payload, Diagnostic> {
    let manifest = component.manifest();
    let SentPost { message, media } = SentPost::of(post, manifest)?;
    let task = ComposeTask {
        post: message,
        server_info: server_info.clone(),
    };
    let first = ask_twice(component, &task)?;
    let in_plugin = |error: String| {
        let message = format!(
            "plugin `{}`: `compose` is not usable: {error}",
            manifest.name
        );
        Diagnostic::new(Code::PluginFailed, message)
    };
    let composed: ComposeOk = read_fields(first).map_err(in_plugin)?;
    payload(composed, &media, manifest).map_err(in_plugin)
}

/// Checks an answer to `compose`, for a post without media.
///
/// # Errors
/// If the host could not use it.
pub(in crate::host) fn check_composed(answer: Value, sink: &Manifest) -> Result<(), String> {
    payload(read_fields(answer)?, &[], sink).map(drop)
}

/// Returns the answer of the plugin, which it has to give twice: a post that is composed again must be the one that was
/// previewed.
fn ask_twice(component: &PluginComponent, task: &ComposeTask) -> Result<Value, Diagnostic> {
    let mut answers: [Option<Result<Value, ErrorAnswer>>; 2] = [None, None];
    let tasks = [task, task].map(|task| Task::Compose(Box::new(task.clone())));
    let asked = component.with(|conversation, _| {
        conversation.exchange(tasks.into_iter(), |index, reply| {
            answers[index] = Some(match reply {
                Reply::Ok(ok) => Ok(ok),
                Reply::Error(error) => Err(error),
                Reply::Item(_) | Reply::Fault(_) | Reply::Call(_) => {
                    let message = "`compose` is answered with `ok` or `error`".to_owned();
                    return Err(FailureKind::Protocol(message));
                }
            });
            Ok(())
        })
    });
    asked.map_err(|failure| failure.to_diagnostic())?;
    match answers {
        [Some(first), Some(second)] if first == second => first.map_err(|error| {
            let message = format!("plugin `{}`: {}", component.manifest().name, error.message);
            Diagnostic::new(Code::Rejected, message).with_optional_hint(error.hint)
        }),
        [Some(_), Some(_)] => {
            let name = &component.manifest().name;
            let message = format!("plugin `{name}` composes the same post in different ways");
            let hint = "tell its author: `compose` must use neither time nor chance";
            Err(Diagnostic::new(Code::PluginFailed, message).with_hint(hint))
        }
        _ => Err(Diagnostic::new(
            Code::PluginFailed,
            unexpected().to_string(),
        )),
    }
}

/// Returns the payload of an answer.
fn payload(composed: ComposeOk, media: &[Medium], sink: &Manifest) -> Result<Payload, String> {
    let ComposeOk {
        dialect,
        media: uses,
        steps,
        revision,
    } = composed;
    let used: Result<Vec<Medium>, String> = uses.iter().map(|used| medium(used, media)).collect();
    let used = used?;
    let mut steps = read_steps(&steps, used.len())?;
    check_order(&steps)?;
    check_messages(&steps, sink)?;
    if let Some(revision) = revision {
        let changes = read_steps(&revision.steps, used.len())?;
        if changes.is_empty() || changes.iter().any(|step| step.role != Role::FollowUp) {
            return Err("the steps of a revision have the role `follow_up`".to_owned());
        }
        if let Some(create) = steps.iter_mut().find(|step| step.role == Role::Create) {
            let mut rules = StepRules::read(create);
            rules.revision = Some(revision);
            create.rules = Some(rules.to_value());
        }
    }
    Ok(Payload {
        sink: Name::from(sink.name.clone()),
        dialect: dialect.into(),
        steps,
        media: used,
    })
}

/// Returns the changes that `payload` allows to an earlier version of the post.
pub(super) fn revision(payload: &Payload) -> Option<Revision> {
    let create = payload
        .steps
        .iter()
        .find(|step| step.role == Role::Create)?;
    let revision = StepRules::read(create).revision?;
    let steps = read_steps(&revision.steps, payload.media.len()).ok()?;
    Some(Revision {
        steps,
        editable: revision.editable,
        fixed: revision.fixed,
        changes: revision.changes.into(),
        keeps: revision.keeps.into(),
    })
}

fn medium(used: &MediumUse, media: &[Medium]) -> Result<Medium, String> {
    let (index, alt, file_name) = match used {
        MediumUse::Index(index) => (*index, None, None),
        MediumUse::Described {
            index,
            alt,
            file_name,
        } => (*index, alt.clone(), file_name.clone()),
    };
    let medium = media.get(index).cloned();
    let medium = medium.ok_or_else(|| format!("the post has no medium {index}"))?;
    Ok(Medium {
        alt,
        file_name,
        ..medium
    })
}

fn read_steps(steps: &[StepSpec], media: usize) -> Result<Vec<Step>, String> {
    let steps: Result<Vec<Step>, String> = steps.iter().map(step_of).collect();
    let steps = steps?;
    for step in &steps {
        check_slots(step, media)?;
    }
    Ok(steps)
}

fn check_order(steps: &[Step]) -> Result<(), String> {
    let rank = |step: &Step| match step.role {
        Role::Prepare => 0,
        Role::Before => 1,
        Role::Create => 2,
        Role::FollowUp => 3,
    };
    let creates = steps
        .iter()
        .filter(|step| step.role == Role::Create)
        .count();
    if creates != 1 {
        return Err(format!(
            "{creates} steps have the role `create`, expected 1"
        ));
    }
    if !steps.iter().map(rank).is_sorted() {
        let order = "`prepare`, `before`, `create`, `follow_up`";
        return Err(format!("the steps are not in the order {order}"));
    }
    Ok(())
}

/// Checks that only a plugin with the network sends steps itself.
fn check_messages(steps: &[Step], sink: &Manifest) -> Result<(), String> {
    let is_message = |step: &&Step| matches!(step.request.body, Body::Message { .. });
    match steps.iter().find(is_message) {
        Some(step) if !sink.wants.network => Err(format!(
            "step `{}`: a plugin sends a `message` itself, so it needs `network` in `wants`",
            step.name
        )),
        _ => Ok(()),
    }
}

fn check_slots(step: &Step, media: usize) -> Result<(), String> {
    let request = serde_json::to_value(&step.request).unwrap_or_default();
    let mut slots = Vec::new();
    collect_slots(&request, &mut slots);
    for slot in slots {
        if slot.starts_with("receipt:") && step.role != Role::FollowUp {
            return Err(format!(
                "step `{}`: the slot `{slot}` has a value only in `follow_up`",
                step.name
            ));
        }
        let index = slot.strip_prefix("media:");
        let index = index.map(|index| index.parse::<usize>().ok());
        if index.is_some_and(|index| index.is_none_or(|index| index >= media)) {
            return Err(format!(
                "step `{}`: `media` has no entry for the slot `{slot}`",
                step.name
            ));
        }
    }
    Ok(())
}

fn collect_slots<'a>(value: &'a Value, slots: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            if map.len() == 1 {
                slots.extend(map.get(SLOT_KEY).and_then(Value::as_str));
            }
            map.values().for_each(|value| collect_slots(value, slots));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_slots(value, slots)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(answer: Value) -> Result<Payload, String> {
        read_for(json!({}), answer)
    }

    /// Reads an answer of a plugin that asks for `wants`.
    fn read_for(wants: Value, answer: Value) -> Result<Payload, String> {
        let hello =
            json!({"protocol": 1, "kind": "sink", "name": "test", "version": "1", "wants": wants});
        let manifest = serde_json::from_value(hello).unwrap();
        payload(
            serde_json::from_value(answer).unwrap(),
            &[Medium::default()],
            &manifest,
        )
    }

    fn step(name: &str, role: &str, json: Value) -> Value {
        json!({"name": name, "role": role, "request": {"method": "POST", "path": [name], "json": json},
            "answers": [{"status": 201, "is": "sent"}]})
    }

    #[test]
    fn broken_payloads_are_refused() {
        let create = || step("post", "create", json!({}));
        let slot = |name: &str| json!({"a": [{"$slot": name}]});
        for (answer, expected) in [
            (json!({"steps": []}), "0 steps have the role `create`"),
            (
                json!({"steps": [create(), create()]}),
                "2 steps have the role `create`",
            ),
            (
                json!({"steps": [create(), step("x", "before", json!(1))]}),
                "not in the order",
            ),
            (
                json!({"steps": [step("post", "create", slot("receipt:/id"))]}),
                "only in `follow_up`",
            ),
            (
                json!({"steps": [step("post", "create", slot("media:0"))]}),
                "`media` has no entry",
            ),
            (
                json!({"steps": [step("post", "create", slot("media:x"))], "media": [0]}),
                "no entry",
            ),
            (
                json!({"steps": [{"name": "post", "role": "create", "request": {"method": "POST"}}]}),
                "no row of `answers` is `sent`",
            ),
            (
                json!({"steps": [create()], "media": [1]}),
                "the post has no medium 1",
            ),
            (
                json!({"steps": [create()], "revision": {"steps": [create()], "editable": 1, "changes": "it"}}),
                "have the role `follow_up`",
            ),
        ] {
            let error = read(answer).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn message_needs_network() {
        let message = json!({"protocol": "smtp", "content": {"subject": "A"}});
        let answer = |request: Value| json!({"steps": [{"name": "mail", "role": "create", "request": request}]});
        let mail = answer(json!({"message": message}));
        let error = read(mail.clone()).unwrap_err();
        assert!(error.contains("it needs `network`"), "{error}");
        let network = json!({"network": true});
        let payload = read_for(network.clone(), mail).unwrap();
        let other = json!({"protocol": "smtp", "content": {"subject": "B"}});
        let other = read_for(network.clone(), answer(json!({"message": other}))).unwrap();
        assert_ne!(payload.hash(), other.hash());
        let both = answer(json!({"message": message, "method": "POST"}));
        let error = read_for(network, both).unwrap_err();
        assert!(error.contains("no other fields"), "{error}");
    }

    #[test]
    fn payload_has_rules_outside_of_its_hash() {
        let with = |answers: Value| {
            let mut create = step("post", "create", json!({"image": {"$slot": "media:0"}}));
            create["answers"] = answers;
            let edit = step("edit", "follow_up", json!({"id": {"$slot": "receipt:/id"}}));
            let revision = json!({"steps": [edit], "editable": "A", "changes": "the article"});
            let media = json!([{"index": 0, "alt": "A chart"}]);
            read(json!({"steps": [create], "media": media, "revision": revision})).unwrap()
        };
        let (one, other) = (
            with(json!([{"status": 200, "is": "sent"}])),
            with(json!([{"status": 201, "is": "sent"}])),
        );
        assert_ne!(one, other);
        assert_eq!(one.hash(), other.hash());
        assert_eq!(one.media[0].alt.as_deref(), Some("A chart"));
        let revision = revision(&one).unwrap();
        assert_eq!(
            (revision.editable, &*revision.changes),
            (json!("A"), "the article")
        );
    }
}
