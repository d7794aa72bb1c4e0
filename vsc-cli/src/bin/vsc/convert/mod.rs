//! `vsc convert`: a template as the source of a config crate.

mod code;
mod condition;
mod expression;
mod literal;
mod naming;
mod output;
mod parameter;
mod program;
mod resource;
mod scope;
mod statement;
mod syntax;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use vsc::__tool::terminal::Terminal;
use vsc::__tool::{Failure, input};
use vsc::check::{self, Severity};
use vsc::template::{Source, check_whole};
use vsc_spec::Diagnostic;
use vsc_spec::resource::{Step, Target};
use vsc_spec::team::StackName;
use vsc_spec::visible::one_line;

use crate::new;
use crate::scaffold::{self, Dependency, Folder, GITIGNORE};
use program::Converted;
use statement::{Kept, Note};
use vsc::__tool::terminal::shown;

pub(crate) fn command() -> Command {
    Command::new("convert")
        .about("Write a CloudFormation template as Rust with `resource!`")
        .long_about("Write a CloudFormation template as the source of a config crate, with `resource!`.\n\nWhat the schemas reject is written all the same, unchecked and with the reason above it; it is reported on standard error with its line.")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("The template, in YAML or JSON, or - for standard input"),
        )
        .arg(
            Arg::new("name")
                .long("name")
                .value_name("NAME")
                .help("The stack's name [default: from the file's]"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Make a config crate in this folder instead of printing its source"),
        )
        .arg(new::vcs().requires("output"))
        .args(scaffold::arguments().map(|argument| argument.requires("output")))
        .after_help("Examples:\n  vsc convert network.yaml\n  vsc convert network.yaml --output network\n  aws cloudformation get-template --stack-name web --query TemplateBody --output text | vsc convert - --name web")
}

pub(crate) fn run(terminal: Terminal, matches: &ArgMatches) -> Result<(), Failure> {
    let file: &PathBuf = matches
        .get_one("file")
        .ok_or_else(|| Failure::Usage("no file is named".to_owned()))?;
    let is_input = file.as_os_str() == "-";
    let text = input::read_text(file)?;
    let file = if is_input {
        Path::new("<stdin>")
    } else {
        file.as_path()
    };
    let failed = |why: &str| Failure::Input(format!("{}: {why}", shown(file)));
    let source =
        Source::read(&text).map_err(|error| Failure::Input(format!("{}:{error}", shown(file))))?;
    let template = source.json().as_object();
    let Some(template) = template.filter(|template| template.contains("Resources")) else {
        return Err(failed("this is no template: it has no `Resources`"));
    };
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let file_name = if is_input {
        "standard input".into()
    } else {
        file_name
    };
    let name = match matches.get_one::<String>("name") {
        Some(name) => stack_name(name)?,
        None if is_input => "converted".to_owned(),
        None => naming::stack(file_name.split('.').next().unwrap_or_default()),
    };
    let converted = program::convert(template);
    let program = main_of(&name, &file_name, &converted);
    if let Some(folder) = matches.get_one::<PathBuf>("output") {
        write(terminal, folder, program, matches)?;
    } else {
        terminal.print_data(&program)?;
    }
    report(file, &source, &converted.notes);
    for diagnostic in rejected(&source, text.len()) {
        Terminal::warn(&format!(
            "{}: `synth` will reject the template: {diagnostic}",
            shown(file)
        ));
    }
    Ok(())
}

/// What `synth` will reject: what is wrong with the template as a whole, and around its resources.
/// What is wrong within a resource is written as it stands.
fn rejected(source: &Source, size: usize) -> Vec<Diagnostic> {
    let mut rejected = check_whole(source.json(), size);
    let all = check::template(source.json(), size).into_iter();
    let around = all.filter(|one| {
        let path = one.location.path.as_slice();
        let is_within = path.len() > 2 && path.first() == Some(&Step::Key("Resources".into()));
        one.severity() == Severity::Error && !is_within
    });
    for diagnostic in around {
        if rejected
            .iter()
            .all(|known| known.message != diagnostic.diagnostic.message)
        {
            rejected.push(diagnostic.diagnostic);
        }
    }
    rejected
}

/// A name that the user gives.
fn stack_name(name: &str) -> Result<String, Failure> {
    match StackName::new(name.to_owned()) {
        Ok(name) => Ok(name.as_str().to_owned()),
        Err(diagnostic) => Err(Failure::Usage(diagnostic.to_string())),
    }
}

/// Makes a config crate.
fn write(
    terminal: Terminal,
    path: &Path,
    program: String,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let name = new::crate_name(path)?;
    let dependency = Dependency::of(matches)?;
    let folder = Folder::new(path)?;
    folder.write(&[
        ("Cargo.toml", scaffold::manifest(&name, &dependency)),
        ("src/main.rs", program),
        (".gitignore", GITIGNORE.to_owned()),
    ])?;
    folder.settle_workspace()?;
    if matches
        .get_one::<String>("vcs")
        .is_some_and(|vcs| vcs == "git")
    {
        folder.settle_git(terminal);
    }
    new::report_next(terminal, &name, path);
    Ok(())
}

/// The program with its command line.
fn main_of(stack: &str, file: &str, converted: &Converted) -> String {
    let name = literal::text(stack);
    let entry = format!("Entry::of_stack({name}, build)");
    let entry = if entry.len() <= code::NARROW {
        entry
    } else {
        format!("Entry::of_stack(\n        {name},\n        build,\n    )")
    };
    format!(
        "//! The stack `{stack}`, converted from `{file}`.\n\nuse std::process::ExitCode;\n\n{}\nfn main() -> ExitCode {{\n    cli::run(&[{entry}])\n}}\n\nfn build(stack: &mut Stack) {{\n{}}}\n",
        converted.imports,
        converted.body,
        file = doc_code(file),
    )
}

/// A text of others within the backticks of a doc comment.
fn doc_code(text: &str) -> String {
    one_line(text).replace('`', "'")
}

/// Says what is not written as it should be, and where it stands in the template.
fn report(file: &Path, source: &Source, notes: &[Note]) {
    for note in notes {
        let first = note.why.first();
        let inside = first.map_or(&[][..], |why| &why.path);
        let path = [&note.path, inside].concat();
        let line = source.locate(&path, Target::Key).line;
        let name = match note.path.last() {
            Some(Step::Key(name)) => name,
            _ => "",
        };
        let what = match note.kept {
            Kept::Unchecked => "is not checked",
            Kept::AsItStands => "is kept as it stands",
        };
        let why: Vec<&str> = note.why.iter().map(|why| why.what.as_str()).collect();
        Terminal::warn(&format!(
            "{}:{line}: `{}` {what}: {}",
            shown(file),
            one_line(name),
            why.join("; ")
        ));
    }
}
