//! The stable codes. Every delivery and every diagnostic has exactly one, and scripts may rely on them. This
//! table is the complete list; `docs/codes.md` is generated from it.

use std::fmt;

use serde::{Serialize, Serializer};

/// The effect of a code on a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// The post is sent.
    Send,
    /// The post was sent and is changed on the platform.
    Update,
    /// The post is not sent, and nothing needs to be done.
    Skip,
    /// The post is sent later without any action.
    Wait,
    /// The user has to decide.
    Ask,
    /// The user has to correct something first.
    Fault,
    /// The run sends nothing at all.
    Stop,
    /// The run continues and reports it.
    Note,
    /// A file or a command is wrong. No delivery has such a code.
    Error,
}

macro_rules! codes {
    ($($variant:ident $text:literal $kind:ident $meaning:literal $remedy:literal;)*) => {
        /// A stable reason code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the code as it is printed.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Returns the effect on a delivery.
            #[must_use]
            pub const fn kind(self) -> CodeKind {
                match self { $(Self::$variant => CodeKind::$kind,)* }
            }

            /// Returns the meaning, as one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// Returns the remedy as a sentence, or an empty string if nothing needs to be done.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }
        }
    };
}

codes! {
    New "new" Send "It was not sent before, and no rule holds it back." "";
    Changed "changed" Update "It has changed since it was sent, and `policy.on_change` is `update`." "";
    AlreadySent "already_sent" Skip "The ledger records that it was sent." "";
    ChangedBack "changed_back" Ask "Its text equals an earlier version of the post, as after the checkout of an old branch." "Run `syndicate update POST` to change the post back.";
    Replaced "replaced" Ask "Another post has the address of one that was sent: title, day and text all differ." "Set a `syndicate.id` in the new post, or run `syndicate update POST`.";
    Renamed "renamed" Ask "It may be a post that was sent under another name or address." "If it is, run `syndicate settle POST --same-as OLD`; if it is new, run `syndicate build --only POST`.";
    Copy "copy" Ask "Its text equals that of another post that was sent, or that the same run sends." "Delete it, or skip it in its front matter; if it is a separate post, run `syndicate build --only POST`.";
    NewSink "new_sink" Ask "The ledger has no delivery of this sink, or has one of another type under its name." "Run `syndicate build --baseline SINK` to mark all present posts as known there, or `syndicate build --backfill SINK` to send them under the policy.";
    NewSource "new_source" Ask "The ledger has no post of this source." "Run `syndicate build --baseline SOURCE` to mark its present posts as known, or `syndicate build --backfill SOURCE` to send them under the policy.";
    SamePost "same_post" Skip "A source that is listed earlier in pipeline.yaml has the same post." "";
    Adopted "adopted" Skip "It existed before syndicate was set up." "Name it with `--only` to send it anyway.";
    Draft "draft" Skip "The site keeps it unpublished." "Remove the draft flag.";
    Expired "expired" Skip "Its expiry date has passed." "";
    NotRendered "not_rendered" Skip "The site builds no page from it." "";
    Unlisted "unlisted" Skip "The site hides its page from every list." "Remove the flag that hides it.";
    Future "future" Skip "Its date is in the future." "";
    NoDate "no_date" Skip "It has no date, and `policy.since` needs one." "Set a date, or name it with `--only`.";
    BeforeSince "before_since" Skip "It is older than `policy.since`." "Name it with `--only` to send it anyway.";
    TooOld "too_old" Skip "It is older than `policy.max_age`." "Name it with `--only` to send it anyway.";
    OptedOut "opted_out" Skip "Its front matter has `syndicate: false` or `syndicate: {skip: …}`." "";
    UnknownSink "unknown_sink" Fault "Its front matter names a sink that the pipeline does not have." "Correct the name under `syndicate`, or remove it.";
    Filtered "filtered" Skip "A transform skipped it." "";
    PluginPanicked "plugin_panicked" Fault "A plugin failed on it with a panic, which is an error in the plugin's code. Other deliveries go on." "Report it to the author of the plugin, with the message.";
    TransformFailed "transform_failed" Fault "A transform failed on it." "";
    NoUrl "no_url" Skip "It has no URL." "Set `url` of the source to the site's address.";
    UrlNotPublic "url_not_public" Skip "Its address is on a loopback, private or reserved host." "Set `url` of the source to the public address.";
    CiBranch "ci_branch" Skip "The CI run is for a pull request, or on a branch that does not send." "Runs on the default branch send; name other branches in `policy.branches`.";
    NoSandbox "no_sandbox" Skip "This sink has no sandbox." "";
    Scheduled "scheduled" Wait "Its front matter has `syndicate: {at: …}`, and that time is in the future." "";
    PageNotBuilt "page_not_built" Wait "Its page is not built." "Build the site.";
    PageStale "page_stale" Wait "Its built page is older than its Markdown and has another content." "Build the site again.";
    FileChanged "file_changed" Wait "Its file was changed while the command ran." "Run again.";
    NotLive "not_live" Wait "Readers cannot open its page yet." "Deploy the site, or run `build --wait 10m` to wait for it; `policy.live_check: false` turns the check off.";
    QuietHours "quiet_hours" Wait "`policy.quiet_hours` allows no delivery at this hour." "";
    Spacing "spacing" Wait "The last delivery to this sink is more recent than `policy.spacing`." "Name it with `--only` to send it now.";
    MaxPerRun "max_per_run" Wait "The limit `policy.max_per_run` is reached; older posts are sent first." "Run again, or name it with `--only`.";
    Claimed "claimed" Wait "Another run is sending it, or was until a few minutes ago." "Run again once that run has ended.";
    NotApproved "not_approved" Ask "The policy requires approval, and this payload has none; a change of text or picture voids an earlier one." "Check it with `syndicate preview`, then run `syndicate approve`.";
    OutcomeUnknown "outcome_unknown" Ask "A request that may have created it got no clear response; it is never repeated blindly." "Look at the platform for it, then record the result with `syndicate settle`.";
    TemplateError "template_error" Fault "Its template cannot be rendered." "";
    TextTooLong "text_too_long" Fault "Its commentary is longer than the sink allows, and no part of it may be shortened." "Wrap a part in `{{fit …}}`, or shorten the text.";
    TextEmpty "text_empty" Fault "Its commentary is empty." "Write something in the template or under `syndicate.commentary`.";
    LinkMissing "link_missing" Fault "The platform makes the card from the link in the commentary, which has none." "Add `{{link}}` to the template, or the address of the post to its own commentary.";
    TitleMissing "title_missing" Fault "It has no title, and the card needs one." "Set a `title` in its front matter.";
    TitleTooLong "title_too_long" Fault "Its title is longer than the card allows." "Set a shorter `title` in its front matter.";
    DescriptionTooLong "description_too_long" Fault "Its description is longer than the card allows." "Set a shorter `description` in its front matter.";
    AltTooLong "alt_too_long" Fault "The alternative text of its picture is longer than the platform allows." "Shorten the alternative text.";
    ThumbnailMissing "thumbnail_missing" Fault "It has no picture, and the sink's `thumbnail` is `require`." "Add a picture, or set `thumbnail: warn` or `skip`.";
    ImageUnreadable "image_unreadable" Fault "Its picture cannot be read." "";
    ImageRemote "image_remote" Fault "Its picture is on another host, which does not have it or sends an unusable one." "Correct the URL, put the picture into the site's folder, or set `thumbnail: warn`.";
    ImageUnreachable "image_unreachable" Wait "Its picture is on another host, which cannot be reached." "Run again later, put the picture into the site's folder, or set `thumbnail: skip`.";
    CardUndrawn "card_undrawn" Fault "The card that is drawn as its picture cannot be drawn." "Add a font that has the characters to the `fonts` of the transform `card`, or correct its template.";
    ImageFormat "image_format" Fault "Its picture cannot be decoded." "Use JPEG, PNG, GIF, WebP or SVG.";
    KindUnsupported "kind_unsupported" Fault "The sink does not support the kind of the post." "Remove the attachment from the post's front matter, or name the sink under `syndicate.skip`.";
    AttachmentUnreadable "attachment_unreadable" Fault "A file of its attachment is missing or cannot be read." "Check the file's path, which is relative to the post.";
    AttachmentFormat "attachment_format" Fault "A file of its attachment has a format that the platform does not accept." "Save it in another format.";
    AttachmentUnfit "attachment_unfit" Fault "The number, length or size of its attachments is outside the platform's limits." "";
    RelativeLink "relative_link" Fault "Its text has a link or picture without a host, which leads nowhere on another site." "Set `url` of the source to the site's address, or write the whole address.";
    MentionInvalid "mention_invalid" Fault "It mentions an account by an identifier that the platform does not have." "Correct it under `mentions` in pipeline.yaml.";
    Rejected "rejected" Fault "The platform refused the content." "";
    Duplicate "duplicate" Ask "The platform reports that it has an equal post." "If that is this post, run `syndicate adopt POST ID`; if not, run `syndicate settle POST --not-sent` and change the text.";
    Forbidden "forbidden" Fault "The token lacks a permission that this post needs." "";
    VersionDead "version_dead" Fault "The platform's API version has ended." "Set the sink's `api_version` to a newer month, or get a newer syndicate.";
    Conflict "conflict" Ask "The post was changed on the platform since it was sent, so the update would overwrite that change." "Look at the post on the platform, then change it there by hand.";
    PostGone "post_gone" Fault "The post to change is no longer on the platform." "Run `syndicate retract` to record that.";
    Unauthorized "unauthorized" Fault "The token is missing, expired or revoked." "Run `syndicate auth login`, or get a new token.";
    TokenExpired "token_expired" Fault "The access token has expired, and it was not renewed; nothing was created." "Run `syndicate check`, which reports the reason.";
    Throttled "throttled" Wait "A rate limit or quota of the platform is reached; the post waits if the end of the limit is known, otherwise the delivery counts as failed." "Run again after the given time, or later if none is given.";
    Unavailable "unavailable" Fault "The platform could not be reached or did not accept it; nothing was created." "Run again later.";
    ClockWrong "clock_wrong" Fault "This machine's clock differs from the platform's by more than two minutes." "Set the clock, then run again.";
    ClaimExpired "claim_expired" Fault "Preparing it took so long that another run may take it over; nothing was created." "Run again.";
    NotLeft "not_left" Fault "Its creating request never left this machine; nothing was created." "Run again.";
    OtherAccount "other_account" Fault "The post was created under another account." "Sign in to the account that created it.";
    Unsupported "unsupported" Fault "The platform or this sink does not support it." "";
    LedgerMissing "ledger_missing" Stop "The ledger is missing, so the sent posts are unknown." "Restore it from git, or run `syndicate status --restore` to write it from this machine's journal. If there was none, `build --baseline` marks all present posts as known, `build --backfill` treats them as new.";
    LedgerForeign "ledger_foreign" Stop "The ledger belongs to another site." "If the site has moved, run `syndicate build --same-site`; if the ledger came with a copied repository, run `syndicate init --fresh`.";
    LedgerRewound "ledger_rewound" Stop "The ledger lacks deliveries of this machine, as after the checkout of an old branch." "Check out or pull the current ledger, or run `syndicate status --restore` to append what is missing; `syndicate status --forget` discards the record of this machine, and then those posts count as unsent.";
    LedgerBehind "ledger_behind" Stop "Another copy of the ledger records posts that this one lacks." "Run `git pull` first; for a conflict copy, append its lines to the ledger and delete it.";
    LedgerNotKept "ledger_not_kept" Stop "A ledger file on a CI runner is lost after the run." "Keep the ledger in the repository's remote: run `syndicate ledger move git` on your machine, and commit the change. Or set `ledger: {ci: true}`, if the job commits and pushes the file after each run.";
    LedgerMoved "ledger_moved" Stop "The ledger was moved to another store, and this one is closed." "Run `git pull`, so that pipeline.yaml names the other store: `ledger: {git: true}` for the default ref, `ledger: {postgres: …}` for a database, neither for the file; `syndicate ledger move` completes a move that was interrupted.";
    LedgerOvertaken "ledger_overtaken" Stop "Another run appended to the ledger first, every time." "Run the command again once the other runs have ended.";
    LedgerPushRefused "ledger_push_refused" Stop "The remote refused the push of the ledger's ref." "Allow the push, or keep the ledger in another ref (`ledger: {git: {ref: …}}`); `syndicate check --online` tries it.";
    LedgerUnreachable "ledger_unreachable" Stop "The remote that keeps the ledger cannot be read." "Check the network, the remote's address and the right to read it.";
    JournalUnavailable "journal_unavailable" Note "This machine's journal cannot be written, so a ledger that is rolled back goes unnoticed." "Make the state folder writable, or set `XDG_STATE_HOME`.";
    LedgerUnwritable "ledger_unwritable" Stop "The ledger cannot be written, and no post is sent before it is recorded." "Check that the disk has free space and that the file is writable.";
    LedgerDamaged "ledger_damaged" Stop "A line of the ledger cannot be read." "Correct or remove that line.";
    LedgerLocked "ledger_locked" Stop "Another run holds the ledger." "Wait for it, or raise `--lock-timeout`.";
    InvalidConfig "invalid_config" Error "An option of pipeline.yaml, or the file as a whole, is not valid." "";
    InvalidFrontMatter "invalid_front_matter" Error "The front matter of a post is not valid." "";
    InvalidFeed "invalid_feed" Error "A feed, or an entry of one, is not valid." "";
    PluginFailed "plugin_failed" Error "A plugin that is another program cannot be started, or its answers cannot be used." "Run the command with `-v` to see the output of the plugin.";
    UnreadableFile "unreadable_file" Error "A file or a feed cannot be read, or a file cannot be written." "";
    IdentityClash "identity_clash" Error "Several posts have the same address, path or id." "";
    UnknownPost "unknown_post" Error "No post has the given name." "Run `syndicate items` to list the posts.";
    Usage "usage" Error "The command line is invalid." "";
    CommandFailed "command_failed" Error "The command failed." "";
    InvalidCredential "invalid_credential" Error "A token or the credentials of an app cannot be stored or used." "";
    SignInFailed "sign_in_failed" Error "Signing in at a platform failed." "";
    Interrupted "interrupted" Error "A second signal ended the run." "";
}

impl Code {
    /// Returns the remedy as a hint: in lower case and without a full stop, as in messages.
    #[must_use]
    pub fn hint(self) -> Option<String> {
        let mut chars = self.remedy().trim_end_matches('.').chars();
        let first = chars.next()?;
        Some(first.to_lowercase().chain(chars).collect())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_unique_and_snake_case() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "duplicate code `{code}`");
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '_'),
                "{code}"
            );
            assert!(code.meaning().ends_with('.'), "{code}");
        }
    }
}
