//! Reading any text as YAML terminates, with positions in it; and if it is a template, it reads back equal
//! from the output of both writers.

use vsc::template::Source;
use vsc_spec::document::{ReadOptions, YamlSchema};

use crate::json::READ_OPTIONS;
use crate::positions::Lines;
use crate::round_trip;

pub(crate) fn holds(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let lines = Lines::of(text);
    for schema in [YamlSchema::Core, YamlSchema::CloudFormation] {
        let format = ReadOptions {
            schema,
            ..READ_OPTIONS
        };
        match vsc_yaml::read(text, &format) {
            Err(mistake) => lines.hold(mistake.position, text),
            Ok(node) => lines.hold_node(&node, text),
        }
    }
    if let Ok(source) = Source::read(text) {
        round_trip::value_holds(source.json());
    }
}
