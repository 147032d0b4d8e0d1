//! A post that is edited after a lost answer: the open attempt is resolved with the requests that were sent, never
//! with those of the edited post.

use jiff::SignedDuration;
use platform_fakes::Fault;

use super::sinks::{Resolves, SINKS};
use super::{POST, Servers, build};

fn check_edit(fault: impl Fn(&str, &str) -> Fault) {
    for sink in SINKS.iter().filter(|sink| sink.resolves != Resolves::Asks) {
        let servers = Servers::start();
        let mut project = servers.project();
        let (method, path) = sink.create;
        servers
            .server(sink.name)
            .inject(fault(method, path).always());
        build(&project, 4, sink.name, sink.name);
        servers.server(sink.name).clear_faults();
        let post = project.read(POST);
        project.write(POST, post.replace("The first.", "The first one."));
        // The second build is late enough for a missing post to count as such.
        for code in [None, Some(0), Some(0)] {
            servers.advance(&mut project, SignedDuration::from_mins(10));
            let run = project.run("build --json");
            assert!(
                code.is_none_or(|code| run.code == Some(code)),
                "{}: {run}",
                sink.name
            );
            assert!(servers.posts(sink.name) <= 1, "{}: {run}", sink.name);
        }
        assert_eq!(servers.posts(sink.name), 1, "{}", sink.name);
        servers.check_others(sink.name, sink.name);
        let updated = project.run(&format!("update {POST}"));
        assert_ne!(updated.code, Some(4), "{}: {updated}", sink.name);
        assert_eq!(servers.posts(sink.name), 1, "{}: {updated}", sink.name);
        servers.check_others(sink.name, sink.name);
    }
}

#[test]
fn edit_after_lost_answer_creates_no_second_post() {
    check_edit(Fault::cut_after);
}

#[test]
fn edit_after_lost_request_creates_one_post() {
    check_edit(Fault::cut_before);
}
