use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Zone: AWS::ElasticLoadBalancing::LoadBalancer {
        Listeners: [
            { InstancePort: "80", LoadBalancerPort: "80", Protocol: "HTTP" },
            { InstancePort: "80", LoadBalancerPort: "80", Protocol: "HTTP" },
        ],
    });
}
