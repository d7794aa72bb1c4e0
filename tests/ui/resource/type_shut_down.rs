use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Channel: AWS::IoTAnalytics::Channel { ChannelName: "events" });
}
