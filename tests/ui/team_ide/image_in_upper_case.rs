use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    proxy_image = "Traefik:v3.5.3",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
