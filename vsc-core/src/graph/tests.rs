use vsc_spec::Json;

use super::{Graph, Include};
use crate::template::Source;

const TEMPLATE: &str = "
Parameters:
  Zone: {Type: String}
Conditions:
  IsLarge: !Equals [!Ref Zone, Z1]
Resources:
  Address:
    Type: AWS::EC2::EIP
    Condition: IsLarge
  Record:
    Type: AWS::Route53::RecordSet
    DependsOn: Address
    Properties:
      Name: a.x.com
      Type: A
      HostedZoneId: !Ref Zone
      ResourceRecords: [!Ref Address, !GetAtt Address.PublicIp]
Outputs:
  Record: {Value: !Ref Record}
";

fn graph(include: Include) -> Graph {
    let source = Source::read(TEMPLATE).expect("it is a template");
    Graph::of(source.json(), include)
}

fn reported(graph: &Graph) -> Vec<String> {
    let edges = graph.edges.iter().map(|edge| {
        let [from, to] = [edge.from, edge.to].map(|index| graph.nodes[index].name());
        format!("{from} {to}: {}", edge.label())
    });
    edges.collect()
}

#[test]
fn only_resources_are_shown_by_default() {
    assert_eq!(
        reported(&graph(Include::default())),
        ["r_Record r_Address: DependsOn and 2 more"]
    );
}

#[test]
fn references_connect_elements_of_the_right_kind() {
    assert_eq!(
        reported(&graph(Include::ALL)),
        [
            "c_IsLarge p_Zone: ",
            "r_Address c_IsLarge: Condition",
            "r_Record r_Address: DependsOn and 2 more",
            "r_Record p_Zone: HostedZoneId",
            "o_Record r_Record: Value",
        ]
    );
}

#[test]
fn names_are_escaped_in_all_formats() {
    let evil = "a\"|]--> b;\\<x>";
    let resource = Json::object([("Type", evil)]);
    let template = Json::object([("Resources", Json::object([(evil, resource)]))]);
    let graph = Graph::of(&template, Include::default());
    let node = "r_a_22_7c_5d_2d_2d_3e_20b_3b_5c_3cx_3e";
    let label = "a#34;#124;]--#62; b#59;#92;#60;x#62;";
    let mermaid = graph.to_mermaid();
    assert!(
        mermaid.contains(&format!("  {node}[\"{label}<br/>")),
        "{mermaid}"
    );
    let dot = graph.to_dot();
    assert!(dot.contains("label=\"a\\\"|]--> b;\\\\<x>\\n"), "{dot}");
    let svg = graph.to_svg(evil);
    assert!(svg.contains("a&quot;|]--&gt; b;\\&lt;x&gt;"), "{svg}");
    assert!(!svg.contains("<x>"));
}

#[test]
fn dot_and_json_have_all_references() {
    let graph = graph(Include::default());
    assert!(
        graph
            .to_dot()
            .contains("r_Record -> r_Address [label=\"DependsOn and 2 more\"]")
    );
    let json = graph.to_json();
    let edges = json.get("edges").and_then(Json::as_array).expect("edges");
    let references = edges[0].get("references").and_then(Json::as_array);
    assert_eq!(references.map(<[Json]>::len), Some(3));
}
