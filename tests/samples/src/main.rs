//! Compares `vsc check` with cfn-lint over all templates of a folder, resource by resource.
//!
//! Ours and theirs agree about a resource where both reject it or none does. An error of ours where
//! cfn-lint has none at all is a false alarm; an error of its family E3 (properties, types, required,
//! values) where we have none is a miss.

mod accepted;
mod comparison;
mod linters;
mod templates;

use std::path::PathBuf;
use std::process::ExitCode;

use comparison::Comparison;

/// The required shares of all resources, and the speed relative to cfn-lint.
const AGREEMENT: f64 = 0.98;
const FALSE_ALARMS: f64 = 0.01;
const SPEED: f64 = 100.0;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from).peekable();
    if arguments
        .next_if(|first| first.as_os_str() == "--accepted")
        .is_some()
    {
        let all: Vec<PathBuf> = arguments.collect();
        return match all.as_slice() {
            [program, folders @ ..] if !folders.is_empty() => accepted::compare(program, folders),
            _ => {
                eprintln!("usage: vsc-samples --accepted PROGRAM FOLDER…");
                ExitCode::from(2)
            }
        };
    }
    let (Some(program), Some(folder)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: vsc-samples PROGRAM FOLDER");
        return ExitCode::from(2);
    };
    let templates = templates::of(&folder);
    let ours = linters::vsc(&program, &templates);
    let theirs = linters::cfn_lint(&templates);
    let speed = theirs.time.as_secs_f64() / ours.time.as_secs_f64();
    let comparison = Comparison::new(&folder, &templates, &ours, &theirs);
    print!("{comparison}");
    println!(
        "cfn-lint took {:.2} s, vsc {:.3} s: {speed:.0} times faster",
        theirs.time.as_secs_f64(),
        ours.time.as_secs_f64()
    );
    let holds = comparison.agreement() >= AGREEMENT
        && comparison.false_alarms() < FALSE_ALARMS
        && speed >= SPEED;
    if holds {
        ExitCode::SUCCESS
    } else {
        println!("the requirements are not met");
        ExitCode::FAILURE
    }
}
