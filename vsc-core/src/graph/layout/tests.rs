use vsc_spec::Json;

use super::*;
use crate::graph::Include;

/// A template in which each resource depends on others.
fn graph(resources: &[(String, Vec<String>)]) -> Graph {
    let resources = resources.iter().map(|(id, others)| {
        let others = Json::array(others.iter().cloned());
        let resource = Json::object([("Type", "AWS::SQS::Queue".into()), ("DependsOn", others)]);
        (id.clone(), resource)
    });
    let template = Json::object([("Resources", Json::object(resources))]);
    Graph::of(&template, Include::default())
}

fn of(resources: &[(&str, &[&str])]) -> Graph {
    let resources: Vec<(String, Vec<String>)> = resources
        .iter()
        .map(|(id, others)| {
            let others = others.iter().map(|other| (*other).to_owned());
            ((*id).to_owned(), others.collect())
        })
        .collect();
    graph(&resources)
}

fn overlap(one: &Rectangle, other: &Rectangle) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn nothing_overlaps(layout: &Layout) {
    for (index, one) in layout.nodes.iter().enumerate() {
        assert!(one.width > 0 && one.x >= 0 && one.y >= 0, "{one:?}");
        assert!(one.x + one.width <= layout.width && one.y + one.height <= layout.height);
        for other in layout.nodes.iter().skip(index + 1) {
            assert!(!overlap(one, other), "{one:?} {other:?}");
        }
    }
    for (x, y) in layout.routes.iter().flat_map(|route| &route.points) {
        assert!((0..=layout.width).contains(x) && (0..=layout.height).contains(y));
    }
    for (index, one) in layout.frames.iter().enumerate() {
        for other in layout.frames.iter().skip(index + 1) {
            assert!(!overlap(&one.rectangle, &other.rectangle));
        }
    }
}

#[test]
fn nodes_are_left_of_their_references() {
    let layout = layout(&of(&[("A", &["B", "C"]), ("B", &["C"]), ("C", &[])]));
    let x: Vec<Length> = layout.nodes.iter().map(|node| node.x).collect();
    assert!(x[0] < x[1] && x[1] < x[2], "{x:?}");
    nothing_overlaps(&layout);
}

#[test]
fn cycles_are_drawn_as_well() {
    let layout = layout(&of(&[("A", &["B"]), ("B", &["A"]), ("C", &["C"])]));
    assert_eq!(layout.routes.len(), 2);
    nothing_overlaps(&layout);
}

#[test]
fn similar_nodes_share_a_block() {
    let mut resources = vec![("Host".to_owned(), Vec::new())];
    for number in 0..100 {
        resources.push((format!("Record{number}"), vec!["Host".to_owned()]));
    }
    let layout = layout(&graph(&resources));
    let titles: Vec<&str> = layout
        .frames
        .iter()
        .map(|frame| frame.title.as_str())
        .collect();
    assert_eq!(titles, ["100 × SQS Queue"]);
    assert_eq!(layout.routes.len(), 1);
    assert_eq!(layout.routes[0].edges.len(), 100);
    // It is a picture, not a strip.
    assert!(layout.height < 3 * layout.width && layout.width < 6 * layout.height);
    nothing_overlaps(&layout);
}

#[test]
fn avoidable_crossings_are_avoided() {
    // Written in an order in which they would.
    let graph = of(&[
        ("A", &["Z"]),
        ("B", &["Y"]),
        ("C", &["X", "Y"]),
        ("X", &[]),
        ("Y", &[]),
        ("Z", &[]),
    ]);
    let blocks = block::blocks(&graph);
    let (mut layers, _) = layered(&blocks, connections(&graph, &blocks));
    assert!(order::crossings(&layers) > 0);
    order::untangle(&mut layers);
    assert_eq!(order::crossings(&layers), 0);
}

#[test]
fn many_different_nodes_do_not_overlap() {
    // Each refers to some before it, by a rule that is the same each time.
    let mut resources = Vec::new();
    let mut seed = 1_u32;
    for number in 0..120_u32 {
        let mut others = Vec::new();
        for _ in 0..(number % 4) {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            others.push(format!("R{}", (seed >> 8) % number));
        }
        resources.push((format!("R{number}"), others));
    }
    nothing_overlaps(&layout(&graph(&resources)));
}

#[test]
fn a_dense_graph_is_fast() {
    // 500 is as many resources as a template may have. What was quadratic in the lines that pass
    // each other took hours.
    for count in [63_usize, 500] {
        let id = |number: usize| format!("R{number}");
        let resources: Vec<(String, Vec<String>)> = (0..count)
            .map(|number| (id(number), (0..number).map(id).collect()))
            .collect();
        let layout = layout(&graph(&resources));
        assert_eq!(layout.routes.len(), count * (count - 1) / 2);
        nothing_overlaps(&layout);
        let x: Vec<Length> = layout.nodes.iter().map(|node| node.x).collect();
        assert!(x.windows(2).all(|pair| pair[0] > pair[1]), "{x:?}");
    }
}
