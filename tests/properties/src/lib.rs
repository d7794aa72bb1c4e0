//! Properties of vsc that hold for any input.
//!
//! Each property is a function over bytes. The fuzz targets in `fuzz/` call it with the inputs of
//! libFuzzer; the tests of this crate call it with the corpus in `fuzz/corpus`, with mutations of it,
//! and with random bytes. A violated property panics.

#![allow(clippy::missing_panics_doc)]

mod builder;
mod convert;
mod diff;
mod generate;
mod graph;
mod json;
mod macros;
mod positions;
mod round_trip;
mod team_file;
mod template;
mod yaml;

/// A property.
pub struct Property {
    /// The name of its fuzz target and of its folder in the corpus.
    pub name: &'static str,
    /// Panics if the property does not hold.
    pub holds: fn(&[u8]),
    /// Folders with more inputs, from the root of the workspace.
    pub samples: &'static [&'static str],
}

const TEMPLATES: &[&str] = &["tests/templates", "tests/convert"];
const TEAMS: &[&str] = &["examples/teams", "tests/ui/team_ide", "tests/ui/pass/teams"];
const RESOURCES: &[&str] = &["tests/ui/resource", "tests/ui/json", "tests/ui/pass"];
const DECLARATIONS: &[&str] = &["tests/ui/team_ide", "tests/ui/pass"];

/// All properties.
pub const PROPERTIES: [Property; 12] = [
    Property {
        name: "json",
        holds: json::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "yaml",
        holds: yaml::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "positions",
        holds: positions::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "round_trip",
        holds: round_trip::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "check",
        holds: template::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "diff",
        holds: diff::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "graph",
        holds: graph::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "convert",
        holds: convert::holds,
        samples: TEMPLATES,
    },
    Property {
        name: "builder",
        holds: builder::holds,
        samples: &[],
    },
    Property {
        name: "team_file",
        holds: team_file::holds,
        samples: TEAMS,
    },
    Property {
        name: "resource_macro",
        holds: macros::resource_holds,
        samples: RESOURCES,
    },
    Property {
        name: "team_ide_macro",
        holds: macros::team_ide_holds,
        samples: DECLARATIONS,
    },
];

pub use builder::is_accepted;
pub use macros::macros_in;

/// The template for a property of templates.
pub fn template_of(data: &[u8]) -> vsc::Json {
    template::of(data).0
}

/// Checks whether the property of this name holds for an input.
pub fn holds(name: &str, data: &[u8]) {
    let property = PROPERTIES.iter().find(|property| property.name == name);
    let property = property.expect("there is a property of this name");
    (property.holds)(data);
}
