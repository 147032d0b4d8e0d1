//! The command line of `init --ci`.

use super::sites::{ACTION, SITES, repository};
use crate::support::git::git;
use crate::support::{Project, Run};

const FILE: &str = ".github/workflows/syndicate.yml";

fn hexo(folder: &str) -> Project {
    let (_, files) = SITES.iter().find(|(name, _)| *name == "Hexo").unwrap();
    repository(folder, files)
}

fn init(project: &Project, arguments: &str) -> Run {
    project.run(&format!("init --ci github --action {ACTION} {arguments}"))
}

#[test]
fn init_ci_writes_pipeline_and_workflow() {
    let project = hexo("");
    let run = init(&project, "--json").exits(0).json();
    let written = ["pipeline.yaml", "_syndicate/linkedin.handlebars", FILE];
    assert_eq!(run["written"], serde_json::json!(written));
    // The ledger is kept in the remote, which does not exist yet.
    let notes = run["notes"].to_string();
    assert!(notes.contains("the ledger is not created yet"), "{notes}");
    assert!(notes.contains("`syndicate build --baseline`"), "{notes}");
    assert!(
        project
            .read("pipeline.yaml")
            .contains("ledger:\n  git: true")
    );
    assert_eq!(run["secrets"], serde_json::json!(["LINKEDIN_ACCESS_TOKEN"]));
    let text = project.read(FILE);
    for part in [
        "branches: [main]",
        "run: npm ci",
        "run: npx --no-install hexo generate",
        "actions/deploy-pages@",
        &format!("uses: {ACTION}\n"),
        "${{ secrets.LINKEDIN_ACCESS_TOKEN }}",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn init_ci_creates_ledger_in_remote() {
    let project = hexo("");
    let origin = tempfile::tempdir().unwrap();
    let path = origin.path().to_str().unwrap();
    git(&project, &["init", "--quiet", "--bare", path]);
    git(&project, &["remote", "add", "origin", path]);
    init(&project, "")
        .exits(0)
        .says(&["wrote: refs/syndicate/ledger"]);
    git(
        &project,
        &[
            "ls-remote",
            "--exit-code",
            "origin",
            "refs/syndicate/ledger",
        ],
    );
    assert!(!project.path("syndicate.ledger.jsonl").exists());
    project
        .run("status")
        .exits(0)
        .says(&["refs/syndicate/ledger"]);
}

#[test]
fn init_ci_refuses_ledger_file() {
    let project = hexo("").file(
        "pipeline.yaml",
        "sources: {blog: {type: site, path: .}}\nsinks: {me: {type: linkedin}}\nledger: {ci: true}\n",
    );
    init(&project, "")
        .exits(2)
        .says(&["`syndicate ledger move git`"]);
    assert!(!project.path(FILE).exists());
}

#[test]
fn init_ci_keeps_existing_files() {
    let project = hexo("");
    project.run("init").exits(0);
    let pipeline = project.read("pipeline.yaml");
    init(&project, "").exits(0).says(&[
        "wrote: .github/workflows/syndicate.yml",
        "run `syndicate ledger move git`",
    ]);
    assert_eq!(project.read("pipeline.yaml"), pipeline);

    project.write(FILE, "mine");
    init(&project, "")
        .exits(1)
        .says(&["already exists", "`--print`"]);
    assert_eq!(project.read(FILE), "mine");
    let printed = init(&project, "--print").exits(0).stdout;
    assert!(printed.contains("name: Publish posts\n"), "{printed}");
    assert_eq!(project.read(FILE), "mine");
}

#[test]
fn init_ci_prints_without_writing() {
    let project = hexo("");
    init(&project, "--print")
        .exits(0)
        .says(&["secrets.LINKEDIN_ACCESS_TOKEN"]);
    assert!(!project.path("pipeline.yaml").exists());
}

#[test]
fn init_ci_writes_at_repository_root() {
    let project = hexo("blog/");
    git(&project, &["checkout", "--quiet", "-b", "trunk"]);
    let run = project.run(&format!("-C blog init --ci github --action {ACTION}"));
    run.exits(0)
        .says(&["wrote: ../.github/workflows/syndicate.yml"]);
    let text = project.read(FILE);
    for part in [
        "branches: [trunk]",
        "github.ref == 'refs/heads/trunk'",
        "working-directory: blog",
        "path: blog/public",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn init_ci_needs_pinned_action() {
    let project = hexo("");
    let run = project.run("init --ci github").exits(2);
    run.says(&[
        "does not know the commit of its release",
        "--action OWNER/REPO@SHA",
    ]);
    let run = project
        .run("init --ci github --action owner/syndicate@v1")
        .exits(2);
    run.says(&["expected `OWNER/REPO@SHA`"]);
    assert!(!project.path("pipeline.yaml").exists());
}

#[test]
fn init_ci_leaves_deployment_to_other_workflow() {
    let project = hexo("").file(
        ".github/workflows/pages.yml",
        "jobs: {a: {steps: [{uses: actions/deploy-pages@v5}]}}\n",
    );
    let run = init(&project, "").exits(0);
    run.says(&["`.github/workflows/pages.yml` is taken to deploy the site"]);
    let text = project.read(FILE);
    assert!(!text.contains("deploy-pages@"), "{text}");
    // Nothing reads the built pages, so they are not built.
    assert!(!text.contains("npm ci"), "{text}");
    assert!(
        init(&project, "--print --deploy pages")
            .stdout
            .contains("deploy-pages@")
    );
}

#[test]
fn init_ci_reads_variables_of_pipeline() {
    let project = hexo("").file(
        "pipeline.yaml",
        "sources: {blog: {type: site, path: ., output: out}}\n\
         sinks:\n  me: {type: linkedin, token: '${MY_TOKEN}', author: '${MY_URN}'}\n",
    );
    let text = init(&project, "--print --deploy none").exits(0).stdout;
    for part in [
        "env:\n  MY_URN: ${{ vars.MY_URN }}\n",
        "          MY_TOKEN: ${{ secrets.MY_TOKEN }}\n",
        "          path: out\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("LINKEDIN_ACCESS_TOKEN"), "{text}");
}

#[test]
fn init_ci_asks_for_unknown_build() {
    let project = repository("", &[("book.toml", "[book]\n")]);
    init(&project, "").exits(1).says(&[
        "no build command is known for a mdBook site",
        "--build COMMAND",
    ]);
    let run = project.run_args(&[
        "init",
        "--ci",
        "github",
        "--action",
        ACTION,
        "--print",
        "--build",
        "./install && mdbook build # book",
    ]);
    let text = run.exits(0).stdout;
    assert!(
        text.contains("run: |\n          ./install && mdbook build # book\n"),
        "{text}"
    );
}

#[test]
fn init_ci_gitlab_writes_pipeline() {
    let project = hexo("");
    let arguments = format!("init --ci gitlab --action {ACTION}");
    let run = project.run(&arguments).exits(0);
    run.says(&["wrote: .gitlab-ci.yml", "Pipeline schedules"]);
    let text = project.read(".gitlab-ci.yml");
    for part in [
        "image: node:24",
        "    - npx --no-install hexo generate\n",
        "    publish: public\n",
        "https://raw.githubusercontent.com/owner/syndicate/0123456789abcdef0123456789abcdef01234567/install.sh",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    project.run(&arguments).exits(1).says(&["already exists"]);
}

#[test]
fn init_ci_quotes_names_for_shell() {
    let project = hexo("my site/");
    for (host, file, commands) in [
        (
            "github",
            FILE,
            &["syndicate --config 'my posts.yaml' build"][..],
        ),
        (
            "gitlab",
            ".gitlab-ci.yml",
            &["cd 'my site'\n", "syndicate --config 'my posts.yaml' build"],
        ),
    ] {
        let arguments = [
            "--config",
            "my site/my posts.yaml",
            "init",
            "--ci",
            host,
            "--action",
            ACTION,
        ];
        project.run_args(&arguments).exits(0);
        let text = project.read(file);
        for command in commands {
            assert!(text.contains(command), "{command}: {text}");
        }
    }
}

#[test]
fn init_ci_gitlab_is_included_in_other_pipeline() {
    let project = hexo("").file(".gitlab-ci.yml", "pages: {script: [make]}\n");
    let run = project.run(&format!("init --ci gitlab --action {ACTION}"));
    run.exits(0).says(&[
        "wrote: .gitlab/syndicate.gitlab-ci.yml",
        "add to `.gitlab-ci.yml`: `include: .gitlab/syndicate.gitlab-ci.yml`",
    ]);
    let text = project.read(".gitlab/syndicate.gitlab-ci.yml");
    assert!(text.contains("stage: .post\n"), "{text}");
    for part in ["\nstages:", "\nworkflow:", "\npages:"] {
        assert!(!text.contains(part), "{part}: {text}");
    }
    assert_eq!(project.read(".gitlab-ci.yml"), "pages: {script: [make]}\n");
}
