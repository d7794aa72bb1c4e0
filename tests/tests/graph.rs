//! `graph`: its formats, and its page in a browser.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use vsc::template::Source;
use vsc_core::graph::{Graph, Include};
use vsc_tests::browser::drive;
use vsc_tests::synth::example;
use vsc_tests::{work_folder, workspace};

#[test]
fn mermaid_is_printed() {
    let text = example("quickstart", &["graph"]);
    assert!(text.starts_with("flowchart LR\n"), "{text}");
    assert!(text.contains("  r_Host -->|IamInstanceProfile| r_HostProfile\n"));
    assert!(!text.contains("p_VpcId"), "parameters are shown on demand");
    let all = example("quickstart", &["graph", "--with", "parameters,outputs"]);
    assert!(all.contains("  r_HostSecurityGroup -->|VpcId| p_VpcId\n"));
    assert!(all.contains("o_Dev1Url[\"Dev1Url"));
}

#[test]
fn the_references_are_available_as_json() {
    let json = example("quickstart", &["graph", "--format", "json"]);
    let graph: Value = serde_json::from_str(&json).expect("it is JSON");
    let edges = graph["edges"].as_array().expect("edges");
    let association = edges
        .iter()
        .find(|edge| edge["from"]["id"] == "AddressAssociation" && edge["to"]["id"] == "Address");
    let references = &association.expect("the association refers to the address")["references"];
    assert_eq!(
        references,
        &json!([{ "path": "Properties.AllocationId", "relation": "GetAtt", "attribute": "AllocationId" }])
    );
}

/// The results of exploring the page of the quickstart, and that of a malicious template.
fn explored() -> Value {
    let folder = work_folder().join("graph");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let page = folder.join("graph.html");
    let path = page.to_string_lossy().into_owned();
    example("quickstart", &["graph", "--output", &path, "--with", "all"]);
    let evil = folder.join("evil.html");
    let template = json!({ "Resources": { EVIL: {
        "Type": "AWS::SQS::Queue",
        "Properties": { EVIL: EVIL, "QueueName": "<img src=x onerror=harmed=true>" },
    } } });
    let source = Source::read(&template.to_string()).expect("it is a template");
    fs::write(&evil, Graph::of(source.json(), Include::ALL).to_html(EVIL))
        .expect("the page can be written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graph/explore.mjs");
    drive(
        &script,
        &json!({ "page": page, "evil": evil, "screenshots": folder }),
    )
}

const EVIL: &str = "</script><script>harmed = true</script>\"'`${harmed = true}";

#[test]
fn the_page_is_explored_by_mouse_keyboard_and_touch() {
    let seen = explored();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    assert_eq!(
        seen["complaints"],
        json!([]),
        "the browser complains of nothing"
    );
    let requests = seen["requests"].as_array().expect("requests");
    assert!(!requests.is_empty(), "the page was fetched");
    assert!(
        requests
            .iter()
            .all(|url| text(url).starts_with("file:///") && text(url).contains(".html")),
        "nothing but the page is fetched: {requests:?}"
    );

    assert_eq!(seen["title"], "acme-ide");
    let counts = text(&seen["counts"]);
    assert!(
        counts.starts_with("29 resources, 11 parameters, 1 condition, 10 outputs"),
        "{counts}"
    );
    assert_eq!(seen["seen"], true, "all nodes are in view at first");

    let clicked = &seen["clicked"];
    assert_eq!(
        (&clicked["heading"], &clicked["hash"]),
        (&json!("Host"), &json!("#Host"))
    );
    let panel = text(&clicked["panel"]);
    for part in [
        "AWS::EC2::Instance",
        "UserData",
        "interrupts",
        "replaces",
        "Dev1Password",
        "AddressAssociation",
    ] {
        assert!(panel.contains(part), "{part}: {panel}");
    }
    let beside = clicked["beside"].as_array().expect("neighbours");
    assert!(
        beside.contains(&json!("HostProfile")) && !beside.contains(&json!("HostRole")),
        "{beside:?}"
    );
    let labels = clicked["labels"].as_array().expect("labels");
    assert!(labels.contains(&json!("IamInstanceProfile")), "{labels:?}");
    assert_eq!(seen["property"], "t3.large");
    assert_eq!(
        (&seen["followed"], &seen["back"]),
        (&json!("HostProfile"), &json!("Host"))
    );
    assert_eq!(seen["closed"], json!({ "hidden": true, "hash": "" }));

    let number = |value: &Value| value.as_f64().unwrap_or_default();
    assert!(number(&seen["closer"]) > 1.2, "{}", seen["closer"]);
    assert!(number(&seen["wheel"]["zoom"]) > number(&seen["closer"]));
    assert!(
        number(&seen["wheel"]["drift"]) < 1.0,
        "the point under the mouse stays"
    );
    assert_eq!(
        seen["dragged"],
        json!({ "x": 60, "y": -40, "panel": false })
    );
    assert!((number(&seen["fitted"]) - 1.0).abs() < 0.01);
    assert!(number(&seen["pinched"]) > 1.5, "{}", seen["pinched"]);
    assert_eq!(seen["telephone"], true, "nothing sticks out on a telephone");

    let found = seen["found"].as_array().expect("what was found");
    assert!(found.contains(&json!("Dev3Record")), "{found:?}");
    assert_eq!(seen["highlighted"], found.len());
    assert_eq!(seen["taken"]["heading"], found[0]);
    assert!(text(&seen["taken"]["focus"]).starts_with(&text(&found[0])));
    assert_eq!(seen["escaped"], true);
    assert!(text(&seen["entered"]["tabbed"]).starts_with(&text(&seen["entered"]["heading"])));
    assert_eq!(seen["nothing"], "no results");
    assert_eq!(seen["category"], json!(["HostImage", "Host"]));

    assert_eq!(seen["linked"], "HostRole");
    assert_eq!(seen["dark"], "rgb(14, 19, 26)");
    assert_eq!(seen["darkNode"], "rgb(25, 33, 44)");

    let evil = &seen["evil"];
    assert_eq!(
        (&evil["heading"], &evil["ran"]),
        (&json!(EVIL), &json!(false))
    );
    assert!(text(&evil["panel"]).contains("<img src=x onerror=harmed=true>"));
}

#[test]
fn the_extension_of_a_file_selects_the_format() {
    let folder = work_folder().join("graph");
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (name, start) in [
        ("graph.svg", "<svg xmlns="),
        ("graph.dot", "digraph "),
        ("graph.mmd", "flowchart "),
    ] {
        let file = folder.join(name);
        example("quickstart", &["graph", "-o", &file.to_string_lossy()]);
        let text = fs::read_to_string(&file).expect("it is written");
        assert!(text.starts_with(start), "{name}: {text}");
    }
    let readme = workspace().join("README.md");
    let before = fs::read_to_string(&readme).expect("it is there");
    let rejected = std::process::Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args([
            "run",
            "--quiet",
            "--package",
            "quickstart",
            "--",
            "graph",
            "-o",
            "README.md",
        ])
        .output()
        .expect("cargo runs");
    assert_eq!(rejected.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&readme).expect("it is there"), before);
}
