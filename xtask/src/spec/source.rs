//! The packages that publish what is packed.

/// A Python package; `sources.json` pins its version.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) name: &'static str,
    /// The licence that its wheels state.
    pub(super) licence: &'static str,
    pub(super) url: &'static str,
    /// Whether it is imported rather than read, and so needs what it depends on.
    pub(super) is_imported: bool,
}

/// Resource schemas, what AWS asks beyond them, and the instance types of each region.
pub(super) const CFN_LINT: Source = Source {
    name: "cfn-lint",
    licence: "MIT-0",
    url: "https://github.com/aws-cloudformation/cfn-lint",
    is_imported: true,
};

/// EC2 instance types.
pub(super) const MOTO: Source = Source {
    name: "moto",
    licence: "Apache-2.0",
    url: "https://github.com/getmoto/moto",
    is_imported: false,
};

/// Time zones.
pub(super) const TZDATA: Source = Source {
    name: "tzdata",
    licence: "Apache-2.0",
    url: "https://github.com/python/tzdata",
    is_imported: false,
};
