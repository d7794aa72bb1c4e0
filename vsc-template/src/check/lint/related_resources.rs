//! `related-resources`.

use super::declare::declare_lint;

declare_lint! {
    /// Resources are consistent with the resources that they refer to.
    ///
    /// # Why
    ///
    /// A service rejects a subnet outside of its VPC, a queue whose visibility timeout is shorter than the timeout of
    /// its function, and the like. Only references within the template are followed; resources that never exist
    /// together are not compared.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Network:
    ///     Type: AWS::EC2::VPC
    ///     Properties: { CidrBlock: 10.0.0.0/16 }
    ///   Subnet:
    ///     Type: AWS::EC2::Subnet
    ///     Properties: { VpcId: !Ref Network, CidrBlock: 10.1.0.0/24 }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Network:
    ///     Type: AWS::EC2::VPC
    ///     Properties: { CidrBlock: 10.0.0.0/16 }
    ///   Subnet:
    ///     Type: AWS::EC2::Subnet
    ///     Properties: { VpcId: !Ref Network, CidrBlock: 10.0.1.0/24 }
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon VPC User Guide, "Subnet CIDR blocks"; each rule cites its own in `vsc-template/src/check/relation`
    /// - cfn-lint E3022, E3059, E3060, E3064, E3712
    pub const RELATED_RESOURCES: Error = "related-resources";
}
