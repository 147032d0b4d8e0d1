//! Grants as files, `PLATFORM/PROFILE.json`, in the user's own settings and so outside of every
//! repository, readable by nobody else. A grant that is about to end is renewed when it is used,
//! where the platform gave out a refresh token.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use syndicate_api::{Context, Env, Grant, Grants, Hinted, Provider, async_trait};

use super::own_file::{is_open_to_others, replace};
use super::server::{self, App, Granted};
use super::wire;

/// How many days before its end a grant is renewed.
const RENEWED_DAYS: i64 = 7;

/// The folder of all grants.
#[derive(Debug)]
pub struct TokenFiles {
    folder: Option<PathBuf>,
}

/// A grant that is kept.
#[derive(Debug)]
pub struct Kept {
    /// The platform.
    pub platform: String,
    /// The profile.
    pub profile: String,
    /// Its file.
    pub file: PathBuf,
    /// The grant, or why it cannot be read.
    pub grant: anyhow::Result<Grant>,
}

impl TokenFiles {
    /// The grants of this user: below `$XDG_CONFIG_HOME/syndicate/tokens`, or
    /// `$HOME/.config/syndicate/tokens`, or the like on Windows.
    #[must_use]
    pub fn open(env: &Env) -> Self {
        let absolute = |name| {
            let path = env.get(name).map(PathBuf::from);
            path.filter(|path| path.is_absolute())
        };
        let settings = absolute("XDG_CONFIG_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".config")))
            .or_else(|| absolute("APPDATA"));
        Self {
            folder: settings.map(|folder| folder.join("syndicate").join("tokens")),
        }
    }

    /// The file of a profile.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn file(&self, platform: &str, profile: &str) -> anyhow::Result<PathBuf> {
        let Some(folder) = &self.folder else {
            return Err(Hinted::new(
                "there is no folder to keep tokens in",
                "set `XDG_CONFIG_HOME` or `HOME` to an absolute path",
            )
            .into());
        };
        if !is_name(profile) {
            let message = format!("`{profile}` is no name of a profile");
            let hint = "letters, digits, `-` and `_`, such as `company`";
            return Err(Hinted::new(message, hint).into());
        }
        Ok(folder.join(platform).join(format!("{profile}.json")))
    }

    /// Keeps `grant`.
    ///
    /// # Errors
    /// When its file cannot be written.
    pub fn keep(&self, platform: &str, profile: &str, grant: &Grant) -> anyhow::Result<PathBuf> {
        let file = self.file(platform, profile)?;
        let bytes = wire::write(grant)?;
        replace(&file, &bytes).with_context(|| format!("cannot keep `{}`", file.display()))?;
        Ok(file)
    }

    /// Forgets a grant. Says whether there was one.
    ///
    /// # Errors
    /// When its file cannot be deleted.
    pub fn forget(&self, platform: &str, profile: &str) -> anyhow::Result<bool> {
        let file = self.file(platform, profile)?;
        match fs::remove_file(&file) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(anyhow::Error::new(error))
                .with_context(|| format!("cannot delete `{}`", file.display())),
        }
    }

    /// All grants, in the order of their names.
    #[must_use]
    pub fn all(&self) -> Vec<Kept> {
        let mut all = Vec::new();
        for platform in self.folder.iter().flat_map(|folder| names(folder)) {
            let folder = self.folder.iter().map(|folder| folder.join(&platform));
            for name in folder.flat_map(|folder| names(&folder)) {
                let Some(profile) = name.strip_suffix(".json").filter(|name| is_name(name)) else {
                    continue;
                };
                let Ok(file) = self.file(&platform, profile) else {
                    continue;
                };
                let grant = match self.kept(&platform, profile) {
                    Ok(Some(grant)) => Ok(grant),
                    // It was deleted meanwhile.
                    Ok(None) => continue,
                    Err(error) => Err(error),
                };
                all.push(Kept {
                    platform: platform.clone(),
                    profile: profile.to_owned(),
                    file,
                    grant,
                });
            }
        }
        all
    }

    async fn renew(
        &self,
        cx: &Context,
        provider: &Provider,
        grant: &Grant,
    ) -> anyhow::Result<Grant> {
        let client_secret = provider.client_secret.reveal(&cx.env)?;
        let app = App {
            client_id: grant.client_id.clone(),
            client_secret,
        };
        let Some(refresh_token) = &grant.refresh_token else {
            anyhow::bail!("there is nothing to renew it with");
        };
        let granted = server::renew(cx, provider, &app, refresh_token).await;
        let granted = granted.map_err(|denied| anyhow::anyhow!("{denied}"))?;
        let grant = renewed(grant, granted);
        // Where it cannot be kept, as in a container, it is good for this run all the same.
        self.keep(provider.platform, &provider.profile, &grant).ok();
        Ok(grant)
    }
}

/// `old` with what the server granted anew. The end of the refresh token stays where it was unless
/// the server says otherwise: renewing does not put it off.
fn renewed(old: &Grant, granted: Granted) -> Grant {
    Grant {
        access_token: granted.access_token,
        issued: granted.issued,
        expires: granted.expires,
        refresh_token: granted.refresh_token.or(old.refresh_token.clone()),
        refresh_until: granted.refresh_until.or(old.refresh_until),
        scopes: granted.scopes.unwrap_or_else(|| old.scopes.clone()),
        ..old.clone()
    }
}

#[async_trait]
impl Grants for TokenFiles {
    fn kept(&self, platform: &str, profile: &str) -> anyhow::Result<Option<Grant>> {
        // Without a folder nobody can have signed in.
        if self.folder.is_none() {
            return Ok(None);
        }
        let file = self.file(platform, profile)?;
        let shown = file.display();
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(anyhow::Error::new(error))
                    .with_context(|| format!("cannot read `{shown}`"));
            }
        };
        if is_open_to_others(&file)? {
            let message = format!("`{shown}` can be read by other people of this machine");
            return Err(Hinted::new(message, format!("`chmod 600 {shown}`")).into());
        }
        wire::read(&bytes).map(Some).map_err(|why| {
            let hint =
                format!("`syndicate auth login {platform} --profile {profile}` makes it anew");
            Hinted::new(format!("`{shown}` cannot be used: {why}"), hint).into()
        })
    }

    async fn fresh(&self, cx: &Context, provider: &Provider) -> anyhow::Result<Option<Grant>> {
        let Some(grant) = self.kept(provider.platform, &provider.profile)? else {
            return Ok(None);
        };
        let now = cx.now();
        let ends = grant.days_left(now).is_none_or(|days| days < RENEWED_DAYS);
        let due = grant.expires.is_some() && ends;
        // A grant of another server is nothing that this one could renew.
        if !due || !grant.renews(now) || grant.issuer != provider.issuer {
            return Ok(Some(grant));
        }
        match self.renew(cx, provider, &grant).await {
            Ok(grant) => Ok(Some(grant)),
            // It is good for a while yet, and the next run tries again.
            Err(_) if !grant.is_over(now) => Ok(Some(grant)),
            Err(error) => {
                let message = format!("the token has expired and {} renews it not", provider.title);
                let (platform, profile) = (provider.platform, &provider.profile);
                let hint = format!("`syndicate auth login {platform} --profile {profile}`");
                Err(Hinted::new(message, hint)
                    .caused_by(format!("{error:#}"))
                    .into())
            }
        }
    }
}

fn is_name(profile: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !profile.is_empty() && profile.len() <= 64 && profile.chars().all(good)
}

/// The names in a folder, in order; none where it cannot be read.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use syndicate_api::{ExposeSecret as _, SecretString};

    fn files(home: &tempfile::TempDir) -> TokenFiles {
        let path = home.path().to_str().unwrap();
        TokenFiles::open(&Env::from_pairs([("XDG_CONFIG_HOME", path)]))
    }

    fn grant(token: &str) -> Grant {
        Grant {
            issuer: "https://a.example".to_owned(),
            client_id: "app".to_owned(),
            access_token: SecretString::from(token),
            issued: Timestamp::UNIX_EPOCH,
            expires: None,
            refresh_token: Some(SecretString::from("AQW")),
            refresh_until: Some(Timestamp::UNIX_EPOCH),
            scopes: vec!["a".to_owned()],
            account: "urn:a".to_owned(),
            who: "A".to_owned(),
        }
    }

    #[test]
    fn what_is_kept_is_there_until_it_is_forgotten() {
        let home = tempfile::tempdir().unwrap();
        let files = files(&home);
        assert!(files.kept("linkedin", "default").unwrap().is_none());
        files.keep("linkedin", "default", &grant("one")).unwrap();
        let file = files.keep("linkedin", "default", &grant("two")).unwrap();
        files.keep("linkedin", "b", &grant("three")).unwrap();
        let kept = files.kept("linkedin", "default").unwrap().unwrap();
        assert_eq!(kept.access_token.expose_secret(), "two");
        assert_eq!(kept.refresh_until, Some(Timestamp::UNIX_EPOCH));
        let names = |files: &TokenFiles| {
            let all = files.all().into_iter();
            all.map(|kept| kept.profile).collect::<Vec<_>>()
        };
        assert_eq!(names(&files), ["b", "default"]);
        let folder = fs::read_dir(file.parent().unwrap()).unwrap();
        assert_eq!(folder.count(), 2, "nothing half-written is left");
        assert!(files.forget("linkedin", "default").unwrap());
        assert!(!files.forget("linkedin", "default").unwrap());
        assert_eq!(names(&files), ["b"]);
    }

    #[test]
    fn a_name_leads_out_of_no_folder() {
        let home = tempfile::tempdir().unwrap();
        for name in ["", ".", "..", "../x", "a/b", "a b", "a.json"] {
            let error = files(&home).kept("linkedin", name).unwrap_err();
            assert!(error.to_string().contains("no name"), "{name}: {error}");
        }
    }

    #[test]
    fn without_a_home_nobody_is_signed_in_and_nobody_can_be() {
        let files = TokenFiles::open(&Env::empty());
        assert!(files.kept("linkedin", "default").unwrap().is_none());
        assert!(files.keep("linkedin", "default", &grant("one")).is_err());
        assert!(files.all().is_empty());
    }

    #[test]
    fn renewing_puts_the_end_of_the_year_off_for_nobody() {
        let granted = |refresh_until| Granted {
            access_token: SecretString::from("new"),
            issued: Timestamp::MAX,
            expires: Some(Timestamp::MAX),
            refresh_token: None,
            refresh_until,
            scopes: None,
        };
        let after = renewed(&grant("old"), granted(None));
        assert_eq!(after.access_token.expose_secret(), "new");
        assert_eq!(after.refresh_until, Some(Timestamp::UNIX_EPOCH));
        assert!(after.refresh_token.is_some() && after.has("a"));
        let after = renewed(&grant("old"), granted(Some(Timestamp::MAX)));
        assert_eq!(after.refresh_until, Some(Timestamp::MAX));
    }
}
