//! Finds the time zone of this machine. `jiff` lists the whole zone database for it, which takes longer than a
//! run with nothing to do, so the usual case is read here: a link from /etc/localtime into the database.

use std::env::var_os;
use std::path::Path;

use jiff::tz::TimeZone;

/// Returns the time zone that `TZ` or /etc/localtime names, or UTC without a name if there is none.
pub(super) fn machine_zone() -> TimeZone {
    let is_overridden = var_os("TZ").is_some() || var_os("TZDIR").is_some();
    let linked = (!is_overridden).then(|| linked_zone(Path::new("/etc/localtime")));
    linked.flatten().unwrap_or_else(TimeZone::system)
}

/// Returns the zone of the database file that `link` points to. Returns `None` if it points elsewhere, or to a
/// file that does not describe a zone.
fn linked_zone(link: &Path) -> Option<TimeZone> {
    let target = std::fs::read_link(link).ok()?;
    let (_, name) = target.to_str()?.rsplit_once("zoneinfo/")?;
    if name.eq_ignore_ascii_case("UTC") {
        return Some(TimeZone::UTC);
    }
    TimeZone::tzif(name, &std::fs::read(link).ok()?).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn linked_zone_is_that_of_jiff() {
        let folder = tempfile::tempdir().unwrap();
        let database = Path::new("/usr/share/zoneinfo");
        for name in [
            "Europe/Berlin",
            "America/Argentina/Ushuaia",
            "UTC",
            "Etc/UTC",
        ] {
            let link = folder.path().join(name.replace('/', "-"));
            symlink(database.join(name), &link).unwrap();
            let found = linked_zone(&link);
            // A system without a zone database falls back to the one in the program.
            let expected = link.exists().then(|| TimeZone::get(name).unwrap());
            assert_eq!(found, expected, "{name}");
            let names = |zone: &TimeZone| zone.iana_name().map(str::to_owned);
            assert_eq!(found.as_ref().map(names), expected.as_ref().map(names));
        }
    }

    #[test]
    fn other_files_are_left_to_jiff() {
        let folder = tempfile::tempdir().unwrap();
        let zones = folder.path().join("zoneinfo");
        std::fs::create_dir(&zones).unwrap();
        std::fs::write(zones.join("Europe"), "no zone").unwrap();
        for (name, target) in [
            ("a", "zoneinfo/Europe"),
            ("b", "zoneinfo/Missing"),
            ("c", "other"),
        ] {
            let link = folder.path().join(name);
            symlink(target, &link).unwrap();
            assert_eq!(linked_zone(&link), None, "{target}");
        }
        assert_eq!(linked_zone(&zones.join("Europe")), None);
    }
}
