//! Packs the tables of `unidecode` and `emojis` into two files, which the program embeds. In the crates
//! they are static slices, and a program that the system can load at any address needs 40 bytes for each:
//! together 3 MB.

use std::path::Path;
use std::{env, fs, io};

/// The number of characters in the table of `unidecode`, which has the Basic Multilingual Plane.
const CHARACTERS: u32 = 0x1_0000;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("`OUT_DIR` is not set"))?;
    let folder = Path::new(&folder);
    fs::write(folder.join("ascii.bin"), pack_ascii()?)?;
    fs::write(folder.join("emoji.txt"), pack_emoji())
}

/// Returns the replacement of each character: four bytes each, of which three are its start in little-endian
/// order and one is its length; then the texts. Equal replacements share one text.
fn pack_ascii() -> io::Result<Vec<u8>> {
    let mut starts = std::collections::HashMap::new();
    let (mut table, mut texts) = (Vec::new(), String::new());
    for code in 0..CHARACTERS {
        let text = char::from_u32(code).map_or("", unidecode::unidecode_char);
        let start = *starts.entry(text).or_insert_with(|| {
            texts.push_str(text);
            texts.len() - text.len()
        });
        let length = u8::try_from(text.len()).map_err(io::Error::other)?;
        let start = u32::try_from(start)
            .map_err(io::Error::other)?
            .to_le_bytes();
        table.extend([start[0], start[1], start[2], length]);
    }
    table.extend_from_slice(texts.as_bytes());
    Ok(table)
}

/// Returns a line for each of GitHub's names of emoji: the name, a space and the emoji.
fn pack_emoji() -> String {
    let names = emojis::iter().flat_map(|emoji| emoji.shortcodes().map(move |name| (name, emoji)));
    let mut lines: Vec<String> = names
        .map(|(name, emoji)| format!("{name} {emoji}\n"))
        .collect();
    lines.sort_unstable();
    lines.concat()
}
