use vsc::prelude::*;

const DOMAIN: &str = "code_x.com";
const REGION: &str = "eu-west-9";
const MEMORY: &str = "1 MiB";

#[team_ide(
    users = 6,
    domain = DOMAIN,
    port = 22,
    region = REGION,
    instance = "t3.smal",
    memory = MEMORY,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
