use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Alias: AWS::Route53::RecordSet {
        HostedZoneId: "Z0123456789ABCDEFGHIJ",
        Name: "code.x.com",
        Type: "A",
        TTL: "60",
        AliasTarget: { DNSName: "lb.x.com", HostedZoneId: "Z0123456789ABCDEFGHIJ" },
    });
}
