//! The members of the sandbox: two with names, any other by its identifier, and two pages that every
//! member administers.

/// The identifier of the member that a token belongs to by default.
pub(crate) const DEMO_SUB: &str = "s4ndb0xQ";

/// The identifiers and names of the members who can sign in.
pub(crate) const MEMBERS: [(&str, [&str; 2]); 2] = [
    (DEMO_SUB, ["Robin", "Sandbox"]),
    ("k1mS4ndb0x", ["Kim", "Sandbox"]),
];

/// The identifiers of the pages.
pub(crate) const PAGES: [&str; 2] = ["1001", "1002"];

const PERSON: &str = "urn:li:person:";
const ORGANIZATION: &str = "urn:li:organization:";

/// Returns the URN of the member `sub`.
pub(crate) fn person_urn(sub: &str) -> String {
    format!("{PERSON}{sub}")
}

/// Returns the URN of the page `id`.
pub(crate) fn organization_urn(id: &str) -> String {
    format!("{ORGANIZATION}{id}")
}

/// Returns the member's identifier in `urn`, or `None` if it is not the URN of a member.
pub(crate) fn person_id(urn: &str) -> Option<&str> {
    urn.strip_prefix(PERSON).filter(|sub| is_id(sub))
}

/// Returns the organization's identifier in `urn`, or `None` if it is not the URN of an organization.
pub(crate) fn organization_id(urn: &str) -> Option<&str> {
    urn.strip_prefix(ORGANIZATION).filter(|id| is_id(id))
}

/// Returns the given name and the family name of the member `sub`.
pub(crate) fn member_name(sub: &str) -> [&str; 2] {
    let named = MEMBERS.iter().find(|(known, _)| *known == sub);
    named.map_or(["Member", sub], |(_, name)| *name)
}

/// Returns the demo member's full name.
pub(crate) fn demo_name() -> String {
    member_name(DEMO_SUB).join(" ")
}

/// Returns the name that readers see for an author.
pub(crate) fn author_name(author: &str) -> String {
    match author.rsplit_once(':') {
        Some(("urn:li:person", sub)) => member_name(sub).join(" "),
        Some(("urn:li:organization", id)) => format!("Organization {id}"),
        _ => author.to_owned(),
    }
}

/// Returns `true` if `id` is a valid last part of the URN of a member or an organization.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
