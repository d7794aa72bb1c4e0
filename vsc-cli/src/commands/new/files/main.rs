//! The team IDE of {name}.

use vsc::prelude::*;

// `deploy` asks for keys that are left out (VPC, subnet, hosted zone, certificate, who may connect).
// All keys: {repository}#the-keys-of-team_ide
#[team_ide(
    // {users-comment}
    users = {users},
    // {domain-comment}
    domain = {domain},
    // instance = "m7i.xlarge",        // the smallest that fits the team, when left out
    // allow = ["203.0.113.0/24"],     // who may connect
    // tls = acme(email = "{email}"), // certificates from Let's Encrypt
    // extend = add_backups,           // resources of your own: see below
)]
struct {type};

// fn add_backups(stack: &mut Stack, ide: &mut TeamStack<'_>) {
//     let backups = resource!(stack, Backups: AWS::S3::Bucket {
//         BucketName: format!("{}-backups", ide.name()),
//     });
//     stack.output("BackupsArn", backups.arn());
// }

vsc::main!({type});
