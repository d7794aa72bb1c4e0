struct Acme;

vsc::main!(Acme);
