//! How soon the editor answers.

use std::time::{Duration, Instant};

use vsc_lsp_tests::{Editor, editor};

use crate::{stack, team};

/// The median time from typing a text to a response. Each text is new, so that nothing is cached.
fn median(mut answer: impl FnMut(&mut Editor, usize)) -> Duration {
    const RUNS: usize = 21;
    let mut editor = editor();
    // The first answer waits for what the server reads once.
    answer(&mut editor, RUNS);
    let mut times: Vec<_> = (0..RUNS)
        .map(|run| {
            let start = Instant::now();
            answer(&mut editor, run);
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

/// `tests/lsp/run latency -- --nocapture` prints the times.
#[test]
fn answers_come_while_one_types() {
    let underlined = median(|editor, run| {
        let arguments = format!("users = 6, domain = \"c{run}.x.com\", instance = \"t3.smal\"");
        editor.type_in(&team(&arguments, ""));
        assert_eq!(editor.underlined().len(), 1);
    });
    let keys = median(|editor, run| {
        let arguments = format!("users = 6, domain = \"c{run}.x.com\", ins‸");
        let cursor = editor.type_in(&team(&arguments, "")).cursor;
        assert!(editor.completions(cursor.unwrap_or(0)).contains("instance"));
    });
    let properties = median(|editor, run| {
        let resource = format!("resource!(&mut stack, Backups{run}: AWS::S3::Bucket {{ Buck‸ }});");
        let cursor = editor.type_in(&stack(&resource)).cursor;
        assert!(
            editor
                .completions(cursor.unwrap_or(0))
                .contains("BucketName")
        );
    });
    for (what, time) in [
        ("a mistake", underlined),
        ("keys", keys),
        ("properties", properties),
    ] {
        println!("{what}: {} ms", time.as_millis());
        assert!(time < Duration::from_secs(10), "{what}: {time:?}");
    }
}
