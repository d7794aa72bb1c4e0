use vsc::prelude::*;

fn main() {
    let mut stack = Stack::new("test");
    resource!(&mut stack, Budget: AWS::BcmPricingCalculator::BillScenario {
        Name: "budget",
        ExpiresAt: "2027-01-31 09:00",
    });
}
