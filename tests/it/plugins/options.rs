//! The options of plugins in pipeline.yaml.

use super::{PIPELINE, project, with_plugin, with_program, with_python};

const WITH_OPTIONS: &str = r#"
sys.stdin.readline()
say({"hello": {"protocol": 1, "kind": "transform", "name": "test", "version": "1.0.0",
    "options": {"type": "object", "required": ["series"], "properties": {
        "series": {"type": "string"}, "depth": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}}}}}})
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "open":
        options = request["options"]
        if options["series"] == "bad":
            say({"id": request["id"], "error": {
                "message": "no series `bad`", "hint": "use `good`", "at": ["series"]}})
        else:
            say({"id": request["id"], "ok": {}})
    else:
        say({"id": request["id"], "ok": {"patch": {"title": json.dumps(options, sort_keys=True)}}})
"#;

#[test]
fn all_errors_are_reported_at_once() {
    let pipeline = PIPELINE
        .replace(
            "type: test",
            "type: test, xseries: x, depth: deep, tags: [a, 1]",
        )
        .replace("max_per_run: 1000", "max_per_runs: 3");
    let project = with_python(project(&pipeline), WITH_OPTIONS);
    project.run("check").exits(1).says(&[
        "unknown key `xseries`",
        "did you mean `series`?",
        "missing key `series`",
        // The value could be a secret.
        "`depth` must be a whole number, not `***`",
        "value 2 of `tags` must be text, not `1`",
        "unknown key `max_per_runs`",
    ]);
}

#[test]
fn plugin_gets_checked_options() {
    let pipeline = PIPELINE.replace(
        "type: test",
        "type: test, series: \"${SERIES}\", depth: \"${DEPTH:-3}\", grant: {env: [SERIES, DEPTH]}",
    );
    let project = with_python(project(&pipeline), WITH_OPTIONS).env("SERIES", "x");
    let run = project.run("preview").exits(0);
    run.says(&[r#"{"depth": 3, "series": "x"}"#]);
}

#[test]
fn variable_without_grant_is_refused() {
    let pipeline = PIPELINE.replace("type: test", "type: test, series: \"${SERIES}\"");
    let project = with_python(project(&pipeline), WITH_OPTIONS).env("SERIES", "x");
    project.run("check").exits(1).says(&[
        "the plugin is not granted the variable `SERIES`",
        "add `grant: {env: [SERIES]}`",
    ]);
}

#[test]
fn plugin_can_refuse_an_option() {
    let pipeline = PIPELINE.replace("type: test", "type: test, series: bad");
    let project = with_python(project(&pipeline), WITH_OPTIONS);
    project.run("check").exits(1).says(&[
        "pipeline.yaml:4",
        "plugin `test`: no series `bad`",
        "use `good`",
    ]);
}

#[test]
fn host_options_are_checked() {
    for (from, to, error) in [
        ("timeout: 20s", "timeout: 20", "`20` has no unit"),
        (
            "timeout: 20s",
            "timeout: 0s",
            "`timeout` must be longer than 0",
        ),
        (
            "timeout: 20s",
            "grant: {environment: [A]}",
            "unknown key `environment`",
        ),
        ("type: test", "type: exec", "missing key `command`"),
        (
            "type: test",
            "type: exec, command: [./none.sh]",
            "the program `./none.sh` was not found",
        ),
        (
            "type: test",
            "type: exec, command: 3",
            "`command` has a value",
        ),
        ("type: test", "type: tset", "did you mean `test`?"),
        ("type: test", "type: filterr", "did you mean `filter`?"),
        (
            "type: test",
            "type: ../test",
            "unknown transform type `../test`",
        ),
        (
            "type: test",
            "type: nothing-similar",
            "`plugins/syndicate-plugin-nothing-similar` beside pipeline.yaml",
        ),
    ] {
        let project = with_plugin(project(&PIPELINE.replace(from, to)), "#!/bin/sh\nexit 1\n");
        project
            .run("check")
            .exits(1)
            .says(&["pipeline.yaml:4", error]);
    }
}

#[test]
fn file_without_permission_is_named() {
    let project = project(PIPELINE).file("plugins/syndicate-plugin-test", "#!/bin/sh\n");
    project
        .run("check")
        .exits(1)
        .says(&["is not executable", "run `chmod +x "]);
}

#[test]
fn plugin_on_path_is_found() {
    let script = "#!/bin/sh\nread -r hello\necho '{\"hello\":{\"protocol\":1,\"kind\":\"sink\",\"name\":\"x\",\"version\":\"1\"}}'\n";
    let project = with_program(project(PIPELINE), "bin/syndicate-plugin-test", script);
    let path = format!("/usr/bin:/bin:{}", project.path("bin").display());
    let project = project.env("PATH", &path);
    project
        .run("check")
        .exits(1)
        .says(&["plugin `x` is a sink"]);
}

#[test]
fn schema_has_options_of_plugins() {
    let project = with_python(project(PIPELINE), WITH_OPTIONS);
    let schema = project.run("schema").exits(0).json();
    let series = &schema["properties"]["transforms"]["properties"]["series"];
    assert_eq!(series["properties"]["type"]["const"], "test");
    assert_eq!(series["additionalProperties"], false);
    for key in ["series", "inputs", "timeout", "grant"] {
        assert!(series["properties"][key].is_object(), "{key}: {series}");
    }
    let required = series["required"].as_array().unwrap();
    assert!(required.contains(&"series".into()) && required.contains(&"type".into()));
    let other = project
        .read("pipeline.yaml")
        .replace("type: test", "type: tset");
    project.write("pipeline.yaml", other);
    let schema = project.run("schema").exits(0).json();
    assert!(schema["properties"]["transforms"]["properties"].is_null());
}
