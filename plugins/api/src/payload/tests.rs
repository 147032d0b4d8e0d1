use super::*;
use crate::Receipt;

fn payload() -> Payload {
    let create = Request::post("/posts")
        .segment(slot("author"))
        .query("key", slot("key"))
        .header("idempotency-key", slot("key"))
        .json(json!({"at": slot("now"), "images": [slot("media:0")]}));
    let follow_up = Request::new("PUT", "/notes")
        .segment(slot("receipt:/id"))
        .json(json!({"cid": slot("receipt:/extra/cid")}));
    Payload {
        steps: vec![
            Step::create(create),
            Step::new("note", Role::FollowUp, follow_up),
        ],
        media: vec![Medium {
            bytes: MediumBytes::from(&b"picture"[..]),
            media_type: "image/png".into(),
            file: Some("a.png".to_owned()),
            ..Medium::default()
        }],
        ..Payload::post("test", "/", Value::Null)
    }
}

fn ready() -> Ready {
    let stamp = Stamp {
        now: "2026-11-28T09:00:00.1234Z".parse().unwrap(),
        attempt: "k1".to_owned(),
    };
    let platform = [
        ("author".to_owned(), json!("urn:a/b")),
        ("media:0".to_owned(), json!({"ref": "m"})),
    ];
    Ready {
        slots: platform.into_iter().chain(stamp.slots()).collect(),
        ..Ready::default()
    }
}

#[test]
fn slots_fill_every_place() {
    let prepared = Prepared::fill(&payload().steps, ready()).unwrap();
    let request = &prepared.create().unwrap().request;
    assert_eq!(request.target(), "/posts/urn%3Aa%2Fb?key=k1");
    assert_eq!(request.headers, [("idempotency-key".into(), json!("k1"))]);
    assert_eq!(
        request.body.as_json(),
        &json!({"at": "2026-11-28T09:00:00.123Z", "images": [{"ref": "m"}]})
    );
    let missing = Prepared::fill(&payload().steps, Ready::default()).unwrap_err();
    assert!(missing.to_string().contains("is not filled"), "{missing}");
}

#[test]
fn receipt_fills_follow_up() {
    let prepared = Prepared::fill(&payload().steps, ready()).unwrap();
    assert_eq!(
        prepared.steps[1].request.target(),
        "/notes/%7Breceipt%3A%2Fid%7D"
    );
    let mut receipt = Receipt::new("p1");
    let missing = prepared.with_receipt(&receipt).unwrap_err();
    assert!(missing.to_string().contains("/extra/cid"), "{missing}");
    receipt.extra.insert("cid".to_owned(), json!("c"));
    let filled = prepared.with_receipt(&receipt).unwrap();
    assert_eq!(filled.steps[1].request.target(), "/notes/p1");
    assert_eq!(filled.steps[1].request.body.as_json(), &json!({"cid": "c"}));
}

#[test]
fn hash_covers_all_that_is_sent() {
    let original = payload();
    let changes: [fn(&mut Payload); 9] = [
        |payload| payload.media[0].bytes = MediumBytes::from(&b"other"[..]),
        |payload| payload.media[0].alt = Some("alt".to_owned()),
        |payload| payload.media[0].file_name = Some("b.png".to_owned()),
        |payload| payload.steps[0].role = Role::Before,
        |payload| payload.steps[0].request.method = "PUT".into(),
        |payload| payload.steps[0].request.path.push("x".into()),
        |payload| payload.steps[0].request.query.clear(),
        |payload| payload.steps[1].request.body = Body::None,
        |payload| payload.steps[0].request.headers.clear(),
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut changed = original.clone();
        change(&mut changed);
        assert_ne!(original.hash(), changed.hash(), "change {index}");
    }
    let mut renamed = original.clone();
    renamed.media[0].file = None;
    renamed.steps[0].name = "other".into();
    assert_eq!(original.hash(), renamed.hash());
}

#[test]
fn prepared_survives_journal() {
    let mut prepared = Prepared::fill(&payload().steps, ready()).unwrap();
    prepared.repeat = vec![Repeat::ALWAYS, Repeat::Never];
    let line = serde_json::to_string(&prepared).unwrap();
    assert_eq!(serde_json::from_str::<Prepared>(&line).unwrap(), prepared);
}

#[test]
fn form_body_is_encoded() {
    let fields = vec![("a b".into(), json!("ü&")), ("n".into(), json!(1))];
    let request = Request::post("/x").body(Body::Form(fields));
    assert_eq!(request.bytes(), "a+b=%C3%BC%26&n=1");
}
