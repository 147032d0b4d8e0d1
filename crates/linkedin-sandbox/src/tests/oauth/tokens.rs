use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{
    Call, Client, DEMO, SCOPES, auto, bearer, form, introspected, post, sandbox, token,
    token_answer, userinfo,
};
use crate::Consent;

#[tokio::test]
async fn token_ends_by_expiry_or_revocation() {
    let client = auto();
    let first = token(&client, "86abc", SCOPES).await;
    let last_moment = client.at("2027-01-21T11:59:59Z");
    assert_eq!(
        last_moment.send(userinfo(&first)).await.status,
        StatusCode::OK
    );
    let ended = client.at("2027-01-21T12:00:00Z");
    let reply = ended.send(post(DEMO, &first)).await;
    assert_eq!(reply.json()["serviceErrorCode"], 65602);
    let inspected = introspected(&ended, "86abc", &first).await;
    assert_eq!(
        (&inspected["active"], &inspected["status"]),
        (&json!(false), &json!("expired"))
    );

    let fields = [
        ("client_id", "86abc"),
        ("client_secret", "x"),
        ("token", first.as_str()),
    ];
    let noon = 1_795_348_800;
    assert_eq!(
        introspected(&client, "86abc", &first).await,
        json!({"active": true, "client_id": "86abc", "authorized_at": noon, "created_at": noon,
               "status": "active", "expires_at": noon + 5_184_000, "auth_type": "3L",
               "scope": "email,openid,profile,w_member_social"})
    );
    assert_eq!(
        introspected(&client, "other", &first).await,
        json!({"active": false})
    );
    assert_eq!(
        introspected(&client, "86abc", "any").await,
        json!({"active": false})
    );
    let revoked = client.send(form("/oauth/v2/revoke", &fields)).await;
    assert_eq!(revoked.status, StatusCode::OK);
    let reply = client.send(userinfo(&first)).await;
    assert_eq!(reply.json()["serviceErrorCode"], 65601);
    assert_eq!(
        introspected(&client, "86abc", &first).await["status"],
        "revoked"
    );
    for (name, value, status) in [
        ("client_id", "unknown", 400),
        ("client_secret", "wrong-secret", 401),
    ] {
        let mut fields = fields.to_vec();
        fields.retain(|(other, _)| *other != name);
        fields.push((name, value));
        let reply = client
            .send(form("/oauth/v2/introspectToken", &fields))
            .await;
        assert_eq!(reply.status.as_u16(), status);
    }
}

#[tokio::test]
async fn consent_to_other_scopes_revokes_tokens() {
    let client = auto();
    let first = token(&client, "86abc", SCOPES).await;
    let same = token(&client, "86abc", SCOPES).await;
    let other_app = token(&client, "86def", "openid profile").await;
    for good in [&first, &same, &other_app] {
        assert_eq!(client.send(userinfo(good)).await.status, StatusCode::OK);
    }
    let fewer = token(&client, "86abc", "openid profile").await;
    for ended in [&first, &same] {
        let reply = client.send(userinfo(ended)).await;
        assert_eq!(reply.json()["serviceErrorCode"], 65601);
    }
    for good in [&other_app, &fewer] {
        assert_eq!(client.send(userinfo(good)).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn token_is_limited_to_scopes() {
    let client = auto();
    let page = "urn:li:organization:1001";
    let roles = |token: &str| {
        bearer(
            Call::rest(
                Method::GET,
                "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED",
            ),
            token,
        )
    };
    let signed_in = token(&client, "a", "openid profile").await;
    let reply = client.send(post(DEMO, &signed_in)).await;
    assert!(
        reply.text().contains("partnerApiPostsExternal.CREATE"),
        "{}",
        reply.text()
    );

    let posting = token(&client, "b", "w_member_social").await;
    assert_eq!(
        client.send(userinfo(&posting)).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        client.send(post(DEMO, &posting)).await.status,
        StatusCode::CREATED
    );
    let reply = client.send(post(page, &posting)).await;
    assert!(reply.text().contains("[/author]"), "{}", reply.text());
    let reply = client.send(roles(&posting)).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(
        reply
            .text()
            .contains("organizationAcls.FINDER-roleAssignee")
    );

    let scope = "w_organization_social rw_organization_admin";
    let paged = token(&client, "vetted", scope).await;
    let reply = client.send(roles(&paged)).await.json();
    assert_eq!(
        reply["elements"],
        json!(["1001", "1002"].map(|id| json!({
            "organization": format!("urn:li:organization:{id}"), "role": "ADMINISTRATOR",
            "roleAssignee": DEMO, "state": "APPROVED",
        })))
    );
    assert_eq!(
        client.send(post(page, &paged)).await.status,
        StatusCode::CREATED
    );
    for author in ["urn:li:organization:7", DEMO] {
        let reply = client.send(post(author, &paged)).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{author}");
    }
}

#[tokio::test]
async fn only_partners_get_refresh_tokens() {
    let client = auto();
    assert!(token_answer(&client, "vetted", SCOPES).await["refresh_token"].is_null());
    let answer = token_answer(&client, "partner-1", SCOPES).await;
    assert_eq!(answer["refresh_token_expires_in"], 31_536_000);
    let refresh_token = answer["refresh_token"].as_str().unwrap();
    let fields = |client: &'static str| {
        form(
            "/oauth/v2/accessToken",
            &[
                ("grant_type", "refresh_token"),
                ("refresh_token", refresh_token),
                ("client_id", client),
                ("client_secret", "x"),
            ],
        )
    };
    let later = client.at("2027-11-21T12:00:00Z");
    let renewed = later.send(fields("partner-1")).await.json();
    assert_eq!(renewed["refresh_token_expires_in"], 86_400);
    assert_eq!(renewed["refresh_token"], refresh_token);
    let token = renewed["access_token"].as_str().unwrap();
    assert_eq!(later.send(userinfo(token)).await.status, StatusCode::OK);
    for (client, app) in [
        (&client.at("2027-11-22T12:00:00Z"), "partner-1"),
        (&client, "partner-2"),
    ] {
        let reply = client.send(fields(app)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert_eq!(reply.json()["error"], "invalid_request");
    }
}

#[tokio::test]
async fn late_token_is_rejected_once() {
    let client = Client::of(sandbox(Consent::Auto).with_fault("token:late".parse().unwrap()));
    let token = token(&client, "86abc", SCOPES).await;
    let reply = client.send(userinfo(&token)).await;
    assert_eq!(reply.json()["serviceErrorCode"], 65601);
    assert_eq!(client.send(userinfo(&token)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn me_is_refused_for_openid_tokens() {
    let reply = auto()
        .send(bearer(Call::bare(Method::GET, "/v2/me"), "any"))
        .await;
    assert_eq!(
        reply.json(),
        json!({"serviceErrorCode": 100, "status": 403,
               "message": "Not enough permissions to access: me.GET.NO_VERSION"})
    );
}
