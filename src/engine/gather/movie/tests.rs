//! Tests with minimal video files, built from boxes.

use super::check;

const SECONDS: (u64, u64) = (3, 1800);

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(8 + body.len()).unwrap();
    [&length.to_be_bytes()[..], kind, body].concat()
}

/// Builds a movie header of version 0.
fn header(scale: u32, duration: u32) -> Vec<u8> {
    let fields = [0, 0, 0, scale, duration].map(u32::to_be_bytes).concat();
    boxed(b"mvhd", &fields)
}

fn movie(header: &[u8]) -> Vec<u8> {
    let moov = boxed(b"moov", &[&boxed(b"free", b"")[..], header].concat());
    [boxed(b"ftyp", b"isom"), moov, boxed(b"mdat", b"frames")].concat()
}

#[test]
fn duration_is_read_from_header() {
    for (header, expected) in [
        (header(1000, 3_000), Ok(())),
        (header(600, 600 * 1800), Ok(())),
        (
            header(1000, 2_999),
            Err("has a duration of 2 s, but the sink accepts 3 to 1800 s"),
        ),
        (
            header(1000, 1),
            Err("has a duration of 1 s, but the sink accepts 3 to 1800 s"),
        ),
        (
            header(1, 1801),
            Err("has a duration of 1801 s, but the sink accepts 3 to 1800 s"),
        ),
        (header(1000, 0), Ok(())),
    ] {
        let checked = check(&movie(&header), SECONDS);
        assert_eq!(checked, expected.map_err(str::to_owned));
    }
    let long = [
        &[1, 0, 0, 0][..],
        &[0; 16],
        &1000_u32.to_be_bytes(),
        &60_000_u64.to_be_bytes(),
    ];
    assert_eq!(
        check(&movie(&boxed(b"mvhd", &long.concat())), SECONDS),
        Ok(())
    );
}

#[test]
fn truncated_video_is_error() {
    let whole = movie(&header(1000, 5000));
    assert_eq!(check(&whole, SECONDS), Ok(()));
    for length in 1..whole.len() {
        assert!(check(&whole[..length], SECONDS).is_err(), "{length}");
    }
    let frames = [boxed(b"ftyp", b"isom"), boxed(b"mdat", b"frames")].concat();
    let nowhere = check(&frames, SECONDS).unwrap_err();
    assert!(nowhere.contains("has no duration"), "{nowhere}");
}

#[test]
fn malformed_video_is_handled_quickly() {
    let empty = 8_u32.to_be_bytes().into_iter().chain(*b"free");
    let many: Vec<u8> = empty.cycle().take(8 * 300_000).collect();
    assert!(check(&many, SECONDS).is_err());
    for bytes in [
        &[0, 0, 0, 0][..],
        b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\0\0\0\x07moov",
        b"\xff\xff\xff\xffmoov",
    ] {
        assert!(check(bytes, SECONDS).is_err(), "{bytes:?}");
    }
    assert!(check(&movie(&header(0, 5)), SECONDS).is_err());
}
