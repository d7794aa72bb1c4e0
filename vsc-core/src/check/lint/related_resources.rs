//! `related-resources`.

use super::declare::declare_lint;

declare_lint! {
    /// Resources fit the resources of the template that they refer to.
    ///
    /// # Why
    ///
    /// A service rejects a subnet outside of its VPC, a queue that shows a message again while its function still
    /// works on it, and the like. References are followed to resources of the same template; resources that never
    /// exist together are left out.
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
    /// - Amazon VPC User Guide, "Subnet CIDR blocks"; each rule cites its own in `vsc-core/src/check/relation`
    /// - cfn-lint E3022, E3059, E3060, E3064, E3712
    pub const RELATED_RESOURCES: Error = "related-resources";
}
