//! The resource types whose handles are defined once, in the library.
//!
//! They are listed, since the library would otherwise compile for a fifth longer: the macro would have to
//! unpack all schemas to find them.

/// The types with twelve attributes or more, sorted by name.
pub(super) const TYPES: [&str; 63] = [
    "AWS::AmazonMQ::Broker",
    "AWS::Amplify::Branch",
    "AWS::Amplify::Domain",
    "AWS::AppSync::FunctionConfiguration",
    "AWS::AppSync::Resolver",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::Connect::Metric",
    "AWS::DataZone::Environment",
    "AWS::DevOpsAgent::AgentSpace",
    "AWS::EC2::CapacityReservation",
    "AWS::EC2::Instance",
    "AWS::EC2::Subnet",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCEncryptionControl",
    "AWS::ECS::ExpressGatewayService",
    "AWS::EKS::CertificateAuthority",
    "AWS::EKS::Nodegroup",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::Snapshot",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::GameLift::MatchmakingConfiguration",
    "AWS::Grafana::Workspace",
    "AWS::Greengrass::Group",
    "AWS::ImageBuilder::Component",
    "AWS::ImageBuilder::ContainerRecipe",
    "AWS::ImageBuilder::ImagePipeline",
    "AWS::ImageBuilder::ImageRecipe",
    "AWS::ImageBuilder::InfrastructureConfiguration",
    "AWS::InspectorV2::Connector",
    "AWS::IoTManagedIntegrations::ManagedThing",
    "AWS::IoTWireless::ServiceProfile",
    "AWS::Lightsail::DatabaseSnapshot",
    "AWS::Lightsail::Instance",
    "AWS::MediaLive::Input",
    "AWS::MediaLive::SignalMap",
    "AWS::Neptune::DBCluster",
    "AWS::NetworkManager::ConnectAttachment",
    "AWS::NetworkManager::DirectConnectGatewayAttachment",
    "AWS::NetworkManager::SiteToSiteVpnAttachment",
    "AWS::NetworkManager::TransitGatewayRouteTableAttachment",
    "AWS::NetworkManager::VpcAttachment",
    "AWS::ODB::CloudAutonomousVmCluster",
    "AWS::ODB::CloudExadataInfrastructure",
    "AWS::ODB::CloudVmCluster",
    "AWS::RDS::ClusterSnapshot",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBSnapshot",
    "AWS::Redshift::Snapshot",
    "AWS::RedshiftServerless::Namespace",
    "AWS::RedshiftServerless::Snapshot",
    "AWS::RedshiftServerless::Workgroup",
    "AWS::S3::AccessPoint",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SageMaker::DataQualityJobDefinition",
    "AWS::SageMaker::ModelBiasJobDefinition",
    "AWS::SageMaker::ModelExplainabilityJobDefinition",
    "AWS::SageMaker::ModelQualityJobDefinition",
    "AWS::SageMaker::MonitoringSchedule",
    "AWS::Timestream::InfluxDBBackup",
    "AWS::VpcLattice::ServiceNetworkServiceAssociation",
    "AWS::WorkSpaces::Directory",
];

#[cfg(test)]
mod tests {
    use super::super::handle::has_method;
    use super::TYPES;
    use vsc_spec::resource;

    /// The number of attributes from which a handle is in the library. Some 60 of 1,900 types have so many;
    /// with all of them the library would compile for twice as long, for everybody.
    const MANY: usize = 12;

    #[test]
    fn the_list_is_that_of_the_schemas() {
        let has_many = |name: &&str| {
            let resource = resource::find(name).expect("it is a type");
            let attributes = resource.attributes.iter();
            attributes.filter(|(name, _)| has_method(name)).count() >= MANY
        };
        let types: Vec<&str> = resource::names().filter(has_many).collect();
        assert_eq!(TYPES.as_slice(), types, "write the types on the right");
    }
}
