//! Schedules of EventBridge: Amazon EventBridge User Guide, "Setting a schedule pattern for
//! scheduled rules", and Amazon EventBridge Scheduler User Guide, "Schedule types"; cfn-lint E3027.

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;

/// The service of a schedule, which decides its forms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Service {
    /// An EventBridge rule.
    Rules,
    /// EventBridge Scheduler, which can also run once.
    Scheduler,
}

/// `AWS::Events::ServiceRule`.
pub(super) fn rule(properties: &View<'_>, found: &mut Vec<Violation>) {
    expressions(properties, "ScheduleExpression", Service::Rules, found);
}

/// `AWS::Scheduler::Schedule`.
pub(super) fn schedule(properties: &View<'_>, found: &mut Vec<Violation>) {
    expressions(properties, "ScheduleExpression", Service::Scheduler, found);
}

/// Checks the events of a serverless function: AWS SAM Developer Guide, "Schedule" and "ScheduleV2".
pub(super) fn events(function: &View<'_>, found: &mut Vec<Violation>) {
    for (_, event) in function.along(&["Events"]).iter().flat_map(View::members) {
        let service = match event.text_of("Type").as_deref() {
            Some("Schedule") => Service::Rules,
            Some("ScheduleV2") => Service::Scheduler,
            _ => continue,
        };
        let name = match service {
            Service::Rules => "Schedule",
            Service::Scheduler => "ScheduleExpression",
        };
        for properties in event.values("Properties") {
            expressions(&properties, name, service, found);
        }
    }
}

fn expressions(properties: &View<'_>, name: &str, service: Service, found: &mut Vec<Violation>) {
    for expression in properties.values(name) {
        let Some(text) = expression.text() else {
            continue;
        };
        if let Some(diagnostic) = schedule_error(&text, service) {
            found.push(expression.value_is(diagnostic));
        }
    }
}

fn schedule_error(text: &str, service: Service) -> Option<Diagnostic> {
    let inside = |function: &str| text.strip_prefix(function)?.strip_suffix(')');
    if let Some(inside) = inside("rate(") {
        return rate(text, inside, service);
    }
    if let Some(inside) = inside("cron(") {
        return cron(text, inside);
    }
    if service == Service::Scheduler && inside("at(").is_some() {
        return None;
    }
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid schedule"));
    let fields = text.split_whitespace().count();
    Some(match service {
        _ if fields == 5 => diagnostic
            .note("a cron expression is `cron(…)` with six fields: the last is the year, and one of the days is `?`")
            .help("for example `cron(0 12 * * ? *)`"),
        Service::Rules => diagnostic
            .note("expected `rate(…)` or `cron(…)`")
            .help("for example `rate(5 minutes)`"),
        Service::Scheduler => diagnostic
            .note("expected `rate(…)`, `cron(…)` or `at(…)`")
            .help("for example `rate(5 minutes)`"),
    })
}

fn rate(text: &str, inside: &str, service: Service) -> Option<Diagnostic> {
    const UNITS: [&str; 3] = ["minute", "hour", "day"];
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid rate"));
    let form = "a rate is a number, a space, and `minutes`, `hours` or `days`";
    let Some((value, unit)) = inside.split_once(' ') else {
        return Some(diagnostic.note(form).help("for example `rate(5 minutes)`"));
    };
    let singular = unit.strip_suffix('s').unwrap_or(unit);
    let number: Option<u32> = value.parse().ok().filter(|number| *number > 0);
    let (Some(number), true) = (number, UNITS.contains(&singular)) else {
        return Some(diagnostic.note(form).help("for example `rate(5 minutes)`"));
    };
    let is_right = (number == 1) != unit.ends_with('s');
    if is_right || service == Service::Scheduler {
        return None;
    }
    let right = if number == 1 {
        singular.to_owned()
    } else {
        format!("{singular}s")
    };
    Some(
        diagnostic
            .note("the unit is singular for 1, otherwise plural")
            .help(format!("write `rate({number} {right})`")),
    )
}

/// A field of a cron expression: its name, its range of numbers, the names for numbers, and the letters
/// that are allowed in it.
struct Field {
    name: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
    days: bool,
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const fn field(name: &'static str, least: u32, most: u32) -> Field {
    Field {
        name,
        least,
        most,
        names: &[],
        days: false,
    }
}

const FIELDS: [Field; 6] = [
    field("minutes", 0, 59),
    field("hours", 0, 23),
    Field {
        days: true,
        ..field("day of month", 1, 31)
    },
    Field {
        names: &MONTHS,
        ..field("month", 1, 12)
    },
    Field {
        names: &WEEKDAYS,
        days: true,
        ..field("day of week", 1, 7)
    },
    field("year", 1970, 2199),
];

fn cron(text: &str, inside: &str) -> Option<Diagnostic> {
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid cron expression"));
    let given: Vec<&str> = inside.split_whitespace().collect();
    if given.len() != FIELDS.len() {
        let note = format!(
            "it has {} fields instead of 6: minutes, hours, day of month, month, day of week and year",
            given.len()
        );
        return Some(
            diagnostic
                .note(note)
                .help("for example `cron(0 12 * * ? *)`"),
        );
    }
    for (field, given) in FIELDS.iter().zip(&given) {
        if !given.split(',').all(|part| field.takes(part)) {
            let note = format!("{given:?} is not a valid {}", field.name);
            return Some(diagnostic.note(note).help(field.help()));
        }
    }
    let (of_month, of_week) = (given[2], given[4]);
    match (of_month == "?", of_week == "?") {
        (true, false) | (false, true) => None,
        (both, _) => {
            let note = "exactly one of day of month and day of week must be `?`";
            // The more specific day is the intended one.
            let (of_month, of_week) = match of_week {
                "*" => (if both { "*" } else { of_month }, "?"),
                _ if both => ("*", "?"),
                week => ("?", week),
            };
            let meant = [given[0], given[1], of_month, given[3], of_week, given[5]].join(" ");
            Some(
                diagnostic
                    .note(note)
                    .help(format!("for example `cron({meant})`")),
            )
        }
    }
}

impl Field {
    fn takes(&self, part: &str) -> bool {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u32>().is_ok()),
            None => (part, true),
        };
        let is_range = match range.split_once('-') {
            Some((first, last)) if range != "L-W" => self.value(first) && self.value(last),
            _ => self.value(range),
        };
        step && (range == "*" || is_range || self.is_special(part))
    }

    fn value(&self, text: &str) -> bool {
        let is_name = self
            .names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(text));
        is_name
            || text
                .parse::<u32>()
                .is_ok_and(|number| (self.least..=self.most).contains(&number))
    }

    /// `?`, the last day, the nearest weekday, and the second Tuesday.
    fn is_special(&self, part: &str) -> bool {
        let before = |letter: char| part.strip_suffix(letter).is_some_and(|day| self.value(day));
        let nth = part.split_once('#').is_some_and(|(day, nth)| {
            self.value(day) && nth.parse::<u32>().is_ok_and(|nth| (1..=5).contains(&nth))
        });
        self.days
            && (matches!(part, "?" | "L" | "LW")
                || part.starts_with("L-")
                || before('L')
                || before('W')
                || nth)
    }

    fn help(&self) -> String {
        let names = match self.names {
            [first, .., last] => format!(", or {first} to {last}"),
            _ => String::new(),
        };
        format!(
            "write `*`, or a number from {} to {}{names}",
            self.least, self.most
        )
    }
}
