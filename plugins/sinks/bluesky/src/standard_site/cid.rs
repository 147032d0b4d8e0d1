//! The content identifier (CID) of a record, computed as the server computes it: the SHA-256 of the record in
//! canonical CBOR (DAG-CBOR). So a post can name the version of a document that is written with it.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The beginning of a CID: version 1, DAG-CBOR, SHA-256 of 32 bytes.
const PREFIX: [u8; 4] = [0x01, 0x71, 0x12, 0x20];

/// The kinds of values in CBOR (RFC 8949, section 3.1), shifted to their place in the first byte.
const UNSIGNED: u8 = 0 << 5;
const NEGATIVE: u8 = 1 << 5;
const BYTES: u8 = 2 << 5;
const TEXT: u8 = 3 << 5;
const ARRAY: u8 = 4 << 5;
const MAP: u8 = 5 << 5;
const TAG: u8 = 6 << 5;

/// The tag of a CID in DAG-CBOR.
const CID_TAG: u64 = 42;

/// Returns the CID of `record`. Returns `None` for a record that the data model does not allow, such as one with a
/// fraction.
pub(crate) fn cid(record: &Value) -> Option<String> {
    let mut cbor = Vec::new();
    encode(record, &mut cbor)?;
    let mut bytes = PREFIX.to_vec();
    bytes.extend_from_slice(&Sha256::digest(&cbor));
    Some(format!("b{}", base32(&bytes)))
}

fn encode(value: &Value, cbor: &mut Vec<u8>) -> Option<()> {
    match value {
        Value::Null => cbor.push(0xf6),
        Value::Bool(false) => cbor.push(0xf4),
        Value::Bool(true) => cbor.push(0xf5),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => head(UNSIGNED, number, cbor),
            (None, Some(number)) => head(NEGATIVE, number.unsigned_abs() - 1, cbor),
            (None, None) => return None,
        },
        Value::String(text) => encode_text(text, cbor),
        Value::Array(values) => {
            head(ARRAY, values.len() as u64, cbor);
            for value in values {
                encode(value, cbor)?;
            }
        }
        Value::Object(map) => encode_map(map, cbor)?,
    }
    Some(())
}

/// Encodes a map, or a link to another CID (`{"$link": …}` in JSON).
fn encode_map(map: &Map<String, Value>, cbor: &mut Vec<u8>) -> Option<()> {
    if let Some(link) = map.get("$link").filter(|_| map.len() == 1) {
        let bytes = decode_base32(link.as_str()?.strip_prefix('b')?)?;
        head(TAG, CID_TAG, cbor);
        head(BYTES, bytes.len() as u64 + 1, cbor);
        cbor.push(0);
        cbor.extend_from_slice(&bytes);
        return Some(());
    }
    let mut entries: Vec<(&String, &Value)> = map.iter().collect();
    entries.sort_by_key(|(key, _)| (key.len(), key.as_bytes()));
    head(MAP, entries.len() as u64, cbor);
    for (key, value) in entries {
        encode_text(key, cbor);
        encode(value, cbor)?;
    }
    Some(())
}

fn encode_text(text: &str, cbor: &mut Vec<u8>) {
    head(TEXT, text.len() as u64, cbor);
    cbor.extend_from_slice(text.as_bytes());
}

/// Writes the kind of a value and its number or length in the shortest form.
fn head(kind: u8, number: u64, cbor: &mut Vec<u8>) {
    let bytes = number.to_be_bytes();
    let (info, from) = match number {
        0..24 => {
            cbor.push(kind | bytes[7]);
            return;
        }
        24..0x100 => (24, 7),
        0x100..0x1_0000 => (25, 6),
        0x1_0000..0x1_0000_0000 => (26, 4),
        _ => (27, 0),
    };
    cbor.push(kind | info);
    cbor.extend_from_slice(&bytes[from..]);
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(digit(buffer >> bits));
        }
    }
    if bits > 0 {
        text.push(digit(buffer << (5 - bits)));
    }
    text
}

fn digit(value: u32) -> char {
    char::from(BASE32[(value & 31) as usize])
}

fn decode_base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for digit in text.bytes() {
        let value = BASE32.iter().position(|known| *known == digit)?;
        buffer = buffer << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn hex(value: &Value) -> String {
        let mut cbor = Vec::new();
        encode(value, &mut cbor).unwrap();
        cbor.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Values of RFC 8949, appendix A.
    #[test]
    fn values_have_shortest_form() {
        for (value, expected) in [
            (json!(0), "00"),
            (json!(23), "17"),
            (json!(24), "1818"),
            (json!(1000), "1903e8"),
            (json!(1_000_000), "1a000f4240"),
            (json!(1_000_000_000_000_u64), "1b000000e8d4a51000"),
            (json!(-1), "20"),
            (json!(-1000), "3903e7"),
            (json!("ü"), "62c3bc"),
            (json!([1, [2, 3]]), "8201820203"),
            (
                json!({"bb": 1, "a": true, "c": null}),
                "a36161f56163f662626201",
            ),
        ] {
            assert_eq!(hex(&value), expected, "{value}");
        }
        assert_eq!(cid(&json!({"a": 0.5})), None);
        assert_eq!(cid(&json!({"a": {"$link": "zb2rh"}})), None);
    }

    /// Computed by `@atproto/lex-cbor` of the official PDS.
    #[test]
    fn cid_equals_that_of_server() {
        let record = json!({
            "$type": "site.standard.document", "site": "https://blog.example", "path": "/one",
            "title": "Grüße", "publishedAt": "2026-11-20T12:00:00.000Z", "tags": ["a", "bc"],
            "coverImage": {"$type": "blob", "mimeType": "image/png", "size": 70000, "ref": {
                "$link": "bafkreignadrjfrmxbu6f4lyp7jixdzkvxrdl7rh23x5uuqmlnbalq3tzum"}},
        });
        let expected = "bafyreiali2i64pqpszfpdbwdioxytlsxpksciuaoo7gddbbpyp75gya4jy";
        assert_eq!(cid(&record).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn base32_round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(decode_base32(&base32(&bytes)), Some(bytes));
        }
    }
}
