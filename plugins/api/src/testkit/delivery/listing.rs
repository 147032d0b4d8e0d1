//! Listings of an account's posts that do not show whether a post is there: they are cut or in another form, or show
//! posts that only look like it.

use jiff::{SignedDuration, Timestamp};
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

use super::search::{DOUBTFUL, links};
use super::{Kit, TestPlatform};
use crate::{CLOCK_TOLERANCE, Found, Prepared, Slots, Sought};

/// The path to which redirects lead, where another listing is.
const ELSEWHERE: &str = "/elsewhere";

/// A link of other posts.
const OTHER: &str = "https://example.org/another-post/";

/// The listing of the account's posts in which `find` looks for a link.
pub struct TestListing<'a> {
    /// The path of the listing.
    pub path: &'a str,
    /// Returns the body of a page with these posts, newest first. The flag says whether older posts follow.
    pub page: &'a dyn Fn(&[TestPost<'_>], bool) -> String,
    /// Returns the answers of a platform where the credential belongs to another account.
    pub other_account: &'a dyn Fn() -> Vec<Mock>,
}

/// A post of a listing.
#[derive(Clone, Copy, Debug)]
pub struct TestPost<'a> {
    /// A number that no other post of the listing has.
    pub number: u64,
    /// The time at which the post was created.
    pub at: Timestamp,
    /// The link of the post.
    pub link: &'a str,
    /// `true` if the author is the account of the sink, `false` if it is another one.
    pub is_own: bool,
}

/// A platform that proves nothing, by its name, and the answers of its listing.
type Case = (String, Vec<Mock>);

/// Checks that `find` takes neither a listing that is cut or in another form nor posts of others, older posts or two
/// posts with the link as a proof. The sink looks for the post with all that the sending machine knows, and with
/// nothing but the post's link and time. Call it for a sink whose `find` reads a listing.
///
/// # Panics
/// Panics if the sink breaks the contract, or finds no post in `listing` that is there.
pub async fn check_listing(platform: &TestPlatform<'_>, listing: &TestListing<'_>) {
    let kit = Kit::of(platform);
    let healthy = kit.serve(platform.created.clone()).await;
    let prepared = kit.prepare(&*(platform.sink)(&healthy.uri())).await;
    let links = links(platform.post);
    let link = links
        .first()
        .expect("the post of a listing's test has a link");
    let played = Played {
        listing,
        link,
        now: kit.cx.now(),
    };
    let slots = Slots::new();
    let by_link = Sought {
        intent: Some((kit.cx.now(), &slots)),
        links: &links,
        ..Sought::default()
    };
    let by_all = kit.sought(&prepared, &links);
    played.check_honest(&kit, &[&by_link, &by_all]).await;
    for (knowledge, sought) in [("by link", &by_link), ("by all", &by_all)] {
        for (case, answers) in played.doubtful() {
            let found = kit.search(sought, answers).await;
            kit.check_doubt(found, &format!("{case}, {knowledge}"));
        }
    }
    for (case, answers) in played.of_other_account(&prepared) {
        let found = kit.search(&by_all, answers).await;
        kit.check_doubt(found, &case);
    }
}

/// The listing as it is played for the post with `link`, whose intent was recorded at `now`.
struct Played<'a> {
    listing: &'a TestListing<'a>,
    link: &'a str,
    now: Timestamp,
}

impl Played<'_> {
    /// Checks that the complete listing is a proof, at least with some knowledge of the post.
    async fn check_honest(&self, kit: &Kit<'_>, known: &[&Sought<'_>]) {
        let (post, older) = (self.post(1, self.link), self.older());
        let (mut there, mut missing) = (Vec::new(), Vec::new());
        for sought in known {
            there.push(kit.search(sought, self.whole(&[post, older])).await);
            missing.push(kit.search(sought, self.whole(&[older])).await);
        }
        let is_here = |found: &_| matches!(found, Ok(Found::Here { .. }));
        assert!(
            there.iter().any(is_here),
            "`find` does not find the post in its listing: {there:?}"
        );
        assert!(
            missing.contains(&Ok(Found::NotThere)),
            "`find` does not miss the post in a listing without it: {missing:?}"
        );
    }

    fn doubtful(&self) -> Vec<Case> {
        let mut cases = self.similar();
        cases.extend(self.other_forms());
        cases.extend(self.cut());
        cases
    }

    /// Returns listings of posts that have the link and are not the one that was sent, or not surely.
    fn similar(&self) -> Vec<Case> {
        let (own, older) = (self.post(1, self.link), self.older());
        let foreign = TestPost {
            is_own: false,
            ..own
        };
        let too_old = TestPost {
            at: self.now - CLOCK_TOLERANCE - SignedDuration::from_secs(1),
            ..own
        };
        let second = self.post(2, self.link);
        let whole = |case: &str, posts: &[TestPost<'_>]| (case.to_owned(), self.whole(posts));
        vec![
            whole("a post of another author", &[foreign, older]),
            whole("a post older than the request", &[too_old, older]),
            whole("two posts with the link", &[second, own, older]),
            whole(
                "two posts with the link, one of them older",
                &[second, too_old, older],
            ),
        ]
    }

    /// Returns listings in a form that other servers send, and one without any post.
    fn other_forms(&self) -> Vec<Case> {
        let whole = self.page(&[self.post(1, self.link), self.older()], false);
        let (torn, _) = whole.split_at(whole.len() / 2);
        let mut cases = vec![
            ("no post".to_owned(), self.whole(&[])),
            ("torn JSON".to_owned(), vec![self.answer(200, torn)]),
            (
                "an error with status 200".to_owned(),
                vec![self.answer(200, r#"{"error": "temporarily unavailable"}"#)],
            ),
        ];
        for (status, body) in DOUBTFUL {
            let answers = vec![self.answer(*status, body), self.elsewhere()];
            cases.push((format!("{status} {body}"), answers));
        }
        cases
    }

    /// Returns listings whose second page is missing. The first page has newer posts only, or the post itself.
    fn cut(&self) -> Vec<Case> {
        let newer = self.post(3, OTHER);
        let mut cases = Vec::new();
        for (name, posts) in [
            ("newer posts", vec![newer]),
            ("the post", vec![self.post(1, self.link)]),
        ] {
            let first = || self.answer_body(&posts, true).up_to_n_times(1);
            for (status, body) in DOUBTFUL {
                let answers = vec![first(), self.answer(*status, body), self.elsewhere()];
                cases.push((format!("{name}, then {status} {body}"), answers));
            }
        }
        let repeated = vec![self.answer_body(&[newer], true)];
        cases.push(("the same page again".to_owned(), repeated));
        let alone = self.answer_body(&[newer], false).up_to_n_times(1);
        cases.push((
            "newer posts alone".to_owned(),
            vec![alone, self.answer(404, "")],
        ));
        let other = TestPost {
            is_own: false,
            ..self.older()
        };
        let changed = vec![
            self.answer_body(&[newer], true).up_to_n_times(1),
            self.answer_body(&[other], false).up_to_n_times(1),
            self.answer_body(&[], false),
        ];
        cases.push(("then posts of another author".to_owned(), changed));
        cases
    }

    /// Returns listings that belong to another account than the one that sent the post.
    fn of_other_account(&self, prepared: &Prepared) -> Vec<Case> {
        if prepared.account.is_none() {
            return Vec::new();
        }
        let (own, older) = (self.post(1, self.link), self.older());
        let other = TestPost {
            is_own: false,
            ..older
        };
        let pages = [
            ("without the post", vec![other]),
            (
                "with the link",
                vec![
                    TestPost {
                        is_own: false,
                        ..own
                    },
                    other,
                ],
            ),
        ];
        let case = |(name, posts): (&str, Vec<TestPost<'_>>)| {
            let mut answers = (self.listing.other_account)();
            answers.extend(self.whole(&posts));
            (format!("a listing of another account {name}"), answers)
        };
        pages.into_iter().map(case).collect()
    }

    fn post<'b>(&self, number: u64, link: &'b str) -> TestPost<'b> {
        TestPost {
            number,
            at: self.now,
            link,
            is_own: true,
        }
    }

    /// Returns another post of the account, from before the intent.
    fn older(&self) -> TestPost<'static> {
        TestPost {
            number: 9,
            at: self.now - SignedDuration::from_hours(1),
            link: OTHER,
            is_own: true,
        }
    }

    fn page(&self, posts: &[TestPost<'_>], more: bool) -> String {
        (self.listing.page)(posts, more)
    }

    /// Returns a listing of exactly these posts: their page, then an empty one.
    fn whole(&self, posts: &[TestPost<'_>]) -> Vec<Mock> {
        let first = self.answer_body(posts, false).up_to_n_times(1);
        vec![first, self.answer_body(&[], false)]
    }

    fn answer_body(&self, posts: &[TestPost<'_>], more: bool) -> Mock {
        self.answer(200, &self.page(posts, more))
    }

    fn answer(&self, status: u16, body: &str) -> Mock {
        let mut answer = ResponseTemplate::new(status).set_body_string(body);
        if (300..400).contains(&status) {
            answer = answer.insert_header("location", ELSEWHERE);
        }
        Mock::given(path(self.listing.path)).respond_with(answer)
    }

    /// Returns the answer to a redirect that is followed: a listing that would prove that the post is missing.
    fn elsewhere(&self) -> Mock {
        let body = self.page(&[self.older()], false);
        let answer = ResponseTemplate::new(200).set_body_string(body);
        Mock::given(path(ELSEWHERE)).respond_with(answer)
    }
}
