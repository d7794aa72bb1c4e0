use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("acme");
    resource!(&mut stack, Scaling: AWS::AutoScaling::AutoScalingGroup {
        MinSize: "1",
        MaxSize: "1",
        InstanceMaintenancePolicy: { MinHealthyPercentage: 90 },
    });
}
