use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = cognito(domain_prefix = "acme-ide"),
)]
enum AcmeIde {
    #[user(email = "d0@x.com")]
    Dev0,
    #[user(email = "d1@x.com")]
    Dev1,
    #[user(email = "d2@x.com")]
    Dev2,
    #[user(email = "d3@x.com")]
    Dev3,
    #[user(email = "d4@x.com")]
    Dev4,
    #[user(email = "d5@x.com")]
    Dev5,
    #[user(email = "d6@x.com")]
    Dev6,
    #[user(email = "d7@x.com")]
    Dev7,
    #[user(email = "d8@x.com")]
    Dev8,
    #[user(email = "d9@x.com")]
    Dev9,
    #[user(email = "d10@x.com")]
    Dev10,
    #[user(email = "d11@x.com")]
    Dev11,
    #[user(email = "d12@x.com")]
    Dev12,
    #[user(email = "d13@x.com")]
    Dev13,
    #[user(email = "d14@x.com")]
    Dev14,
    #[user(email = "d15@x.com")]
    Dev15,
    #[user(email = "d16@x.com")]
    Dev16,
    #[user(email = "d17@x.com")]
    Dev17,
    #[user(email = "d18@x.com")]
    Dev18,
    #[user(email = "d19@x.com")]
    Dev19,
    #[user(email = "d20@x.com")]
    Dev20,
    #[user(email = "d21@x.com")]
    Dev21,
    #[user(email = "d22@x.com")]
    Dev22,
    #[user(email = "d23@x.com")]
    Dev23,
    #[user(email = "d24@x.com")]
    Dev24,
    #[user(email = "d25@x.com")]
    Dev25,
    #[user(email = "d26@x.com")]
    Dev26,
    #[user(email = "d27@x.com")]
    Dev27,
    #[user(email = "d28@x.com")]
    Dev28,
    #[user(email = "d29@x.com")]
    Dev29,
    #[user(email = "d30@x.com")]
    Dev30,
    #[user(email = "d31@x.com")]
    Dev31,
    #[user(email = "d32@x.com")]
    Dev32,
    #[user(email = "d33@x.com")]
    Dev33,
    #[user(email = "d34@x.com")]
    Dev34,
    #[user(email = "d35@x.com")]
    Dev35,
    #[user(email = "d36@x.com")]
    Dev36,
    #[user(email = "d37@x.com")]
    Dev37,
    #[user(email = "d38@x.com")]
    Dev38,
    #[user(email = "d39@x.com")]
    Dev39,
    #[user(email = "d40@x.com")]
    Dev40,
    #[user(email = "d41@x.com")]
    Dev41,
    #[user(email = "d42@x.com")]
    Dev42,
    #[user(email = "d43@x.com")]
    Dev43,
    #[user(email = "d44@x.com")]
    Dev44,
    #[user(email = "d45@x.com")]
    Dev45,
    #[user(email = "d46@x.com")]
    Dev46,
    #[user(email = "d47@x.com")]
    Dev47,
    #[user(email = "d48@x.com")]
    Dev48,
    #[user(email = "d49@x.com")]
    Dev49,
    #[user(email = "d50@x.com")]
    Dev50,
}

vsc::main!(AcmeIde);
