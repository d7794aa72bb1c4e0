use sha2::{Digest as _, Sha256};

use super::*;
use crate::graph::Include;
use crate::template::encode_base64;

fn digest(text: &str) -> String {
    format!("sha256-{}", encode_base64(&Sha256::digest(text.as_bytes())))
}

#[test]
fn the_policy_has_the_digests_of_script_and_style() {
    assert_eq!(SCRIPT_DIGEST, digest(SCRIPT));
    assert_eq!(STYLE_DIGEST, digest(&page_style()));
}

#[test]
fn nothing_in_a_template_ends_the_script() {
    let evil = "</script><script>alert(1)</script><!--";
    let resource = Json::object([
        ("Type", Json::from("AWS::SQS::Queue")),
        ("Properties", Json::object([(evil, evil)])),
    ]);
    let template = Json::object([("Resources", Json::object([(evil, resource)]))]);
    let page = Graph::of(&template, Include::ALL).to_html(evil);
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!page.contains("<!--"));
    assert!(!page.contains("alert(1)<"));
}

#[test]
fn the_page_makes_no_network_requests() {
    let page = Graph::default().to_html("empty");
    for part in ["<script", "<style", "http://www.w3.org/2000/svg"] {
        assert!(page.contains(part), "{part}");
    }
    let without = page.replace("http://www.w3.org/2000/svg", "");
    for word in ["http:", "https:", "src=", "@import", "url(http", "href="] {
        assert!(!without.contains(word), "{word}");
    }
}
