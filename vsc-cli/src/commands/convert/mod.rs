//! `vsc convert`: writes a template as the source of a config crate.

mod deployed;

use std::path::{Path, PathBuf};

use crate::terminal::Terminal;
use crate::{Failure, input};
use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use vsc_core::check::{self, Severity};
use vsc_core::template::{Source, check_whole};
use vsc_spec::Diagnostic;
use vsc_spec::resource::{Step, Target};
use vsc_spec::team::StackName;
use vsc_spec::visible::one_line;

use crate::cli::{Context, aws};
use crate::commands::dependency;
use crate::commands::new;
use crate::operation::convert::{Kept, Note, convert, main_of, stack_of_file};
use crate::operation::scaffold::{self, Folder, GITIGNORE};
use crate::text::shown;

pub(crate) fn command() -> Command {
    Command::new("convert")
        .about("Convert a CloudFormation template to Rust with `resource!`")
        .long_about("Convert a CloudFormation template to the source of a config crate, with `resource!`.\n\nResources that the schemas reject are converted without checks, with the reason in a comment; they are reported on standard error with their lines.")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required_unless_present("from-stack")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("Template in YAML or JSON, or - for standard input"),
        )
        .arg(
            Arg::new("name")
                .long("name")
                .value_name("NAME")
                .help("Set the stack's name [default: from the file's name]"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Create a config crate in this folder instead of printing its source"),
        )
        .arg(deployed::argument())
        .args(aws::arguments().map(|argument| argument.requires("from-stack")))
        .arg(new::vcs().requires("output"))
        .args(dependency::arguments().map(|argument| argument.requires("output")))
        .after_help("Examples:\n  cargo run -- convert network.yaml\n  cargo run -- convert network.yaml --output network\n  cargo run -- convert --from-stack web --region eu-west-1\n  aws cloudformation get-template --stack-name web --query TemplateBody --output text | cargo run -- convert - --name web")
}

pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let terminal = context.terminal;
    let Given { text, file, from } = Given::of(context, matches)?;
    let file = file.as_path();
    let failed = |message: &str| Failure::input(format!("{}: {message}", shown(file)));
    let source =
        Source::read(&text).map_err(|error| Failure::input(format!("{}:{error}", shown(file))))?;
    let template = source.json().as_object();
    let Some(template) = template.filter(|template| template.contains("Resources")) else {
        return Err(failed("not a template: it has no `Resources`"));
    };
    let file_name = match &from {
        From::Input => "standard input".into(),
        From::Stack(name) => format!("aws cloudformation get-template --stack-name {name}").into(),
        From::File => file.file_name().unwrap_or_default().to_string_lossy(),
    };
    let name = match (matches.get_one::<String>("name"), &from) {
        (Some(name), _) | (None, From::Stack(name)) => stack_name(name)?,
        (None, From::Input) => "converted".to_owned(),
        (None, From::File) => stack_of_file(file_name.split('.').next().unwrap_or_default()),
    };
    let converted = convert(template);
    let program = main_of(&name, &file_name, &converted);
    if let Some(folder) = matches.get_one::<PathBuf>("output") {
        write(terminal, folder, program, matches)?;
    } else {
        terminal.print_data(&program)?;
    }
    report(terminal, file, &source, &converted.notes);
    for diagnostic in rejected(&source, text.len()) {
        terminal.warn(&format!(
            "{}: `synth` will reject the template: {diagnostic}",
            shown(file)
        ));
    }
    Ok(())
}

/// Where a template comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum From {
    File,
    /// Standard input.
    Input,
    /// The deployed stack of this name.
    Stack(String),
}

/// The template that is given.
struct Given {
    text: String,
    /// Its name in messages.
    file: PathBuf,
    from: From,
}

impl Given {
    fn of(context: &Context<'_>, matches: &ArgMatches) -> Result<Self, Failure> {
        if let Some(name) = matches.get_one::<String>("from-stack") {
            return Ok(Self {
                text: deployed::template(context, name, matches)?,
                file: PathBuf::from(name),
                from: From::Stack(name.clone()),
            });
        }
        let file: &PathBuf = matches
            .get_one("file")
            .ok_or_else(|| Failure::usage("no file was given"))?;
        let text = input::read_text(file)?;
        Ok(if file.as_os_str() == "-" {
            Self {
                text,
                file: PathBuf::from("<stdin>"),
                from: From::Input,
            }
        } else {
            Self {
                text,
                file: file.clone(),
                from: From::File,
            }
        })
    }
}

/// The errors for which `synth` will reject the template: those outside of its resources. Errors
/// within a resource are in the notes.
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

/// The stack name of `--name`.
fn stack_name(name: &str) -> Result<String, Failure> {
    match StackName::new(name.to_owned()) {
        Ok(name) => Ok(name.as_str().to_owned()),
        Err(diagnostic) => Err(Failure::of_argument(diagnostic)),
    }
}

/// Creates a config crate.
fn write(
    terminal: &Terminal,
    path: &Path,
    program: String,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let name = new::crate_name(path)?;
    let dependency = dependency::of(matches)?;
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

/// Reports the elements that are not checked, with their positions in the template.
fn report(terminal: &Terminal, file: &Path, source: &Source, notes: &[Note]) {
    for note in notes {
        let first = note.reasons.first();
        let inside = first.map_or(&[][..], |reason| &reason.path);
        let path = [&note.path, inside].concat();
        let line = source.locate(&path, Target::Key).line;
        let name = match note.path.last() {
            Some(Step::Key(name)) => name,
            _ => "",
        };
        let what = match note.kept {
            Kept::Unchecked => "is not checked",
            Kept::Unchanged => "is copied unchanged",
        };
        let reasons: Vec<&str> = note
            .reasons
            .iter()
            .map(|reason| reason.message.as_str())
            .collect();
        terminal.warn(&format!(
            "{}:{line}: `{}` {what}: {}",
            shown(file),
            one_line(name),
            reasons.join("; ")
        ));
    }
}
