use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = "x/ide:1.0-arm64",
    proxy_image = "amd64/traefik:v3.7.15",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
