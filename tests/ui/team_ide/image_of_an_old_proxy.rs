use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    proxy_image = "traefik:v3.5.3",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
