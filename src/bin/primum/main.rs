//! The core on the command line.

mod audit;
// `wasm-pack test` builds this too, and what we are measured beside is there natively only.
#[cfg(not(target_arch = "wasm32"))]
mod bench;
mod check;
mod evaluate;
mod explain;
mod list;
mod pairs;
mod policy;
mod template;
mod train;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: primum COMMAND

  check [--policy FILE] [--format text|jsonl] [FILE...]   check drafts (standard input without FILE)
  evaluate [--show missed|false] FILE...                  precision and recall on a labelled corpus
  explain [FILE...]                                       show how the size of a group was reached
  policy check FILE                                       validate a policy and say what it does
  policy schema                                           print the managed schema
  policy keys                                             print every key of a policy, with what it does
  policy template TARGET [--id ID] [--url FOLDER] [--values FILE]
                                                          print a policy in the form that a browser or console takes
  audit verify FILE                                       say whether a file of records is whole
  audit csv FILE                                          print its records as a table
  audit summary FILE                                      print what its records add up to
  rules                                                   list what is looked for, with the law
  claims                                                  list the health claims, with corrections
  bench                                                   print how fast a draft is read

Exit status of check: 0 nothing to warn of, 1 something, 2 bad input.";

fn main() -> ExitCode {
    stop_when_nobody_reads();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = |outcome: Result<(), String>| outcome.map(|()| ExitCode::SUCCESS);
    let outcome = match words.as_slice() {
        ["check", rest @ ..] => check::check(rest),
        ["evaluate", rest @ ..] => done(evaluate::evaluate(rest)),
        ["explain", files @ ..] => done(explain::explain(files)),
        ["policy", "check", file] => policy::check(file),
        ["policy", "schema"] => done(policy::schema()),
        ["policy", "template", rest @ ..] => done(template::template(rest)),
        ["policy", "keys"] => done(policy::table()),
        ["audit", "verify", file] => audit::verify(file),
        ["audit", "csv", file] => done(audit::csv(file)),
        ["audit", "summary", file] => done(audit::summary(file)),
        ["rules"] => done(list::rules()),
        ["claims"] => done(list::claims()),
        ["train", rest @ ..] => done(train::train(rest)),
        #[cfg(not(target_arch = "wasm32"))]
        ["bench"] => done(bench::bench()),
        ["--help" | "-h" | "help"] => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(USAGE.to_owned()),
    };
    outcome.unwrap_or_else(|sentence| {
        eprintln!("{sentence}");
        ExitCode::from(2)
    })
}

/// `primum rules | head` ends with head, without a word.
fn stop_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.to_string().contains("failed printing to stdout") {
            std::process::exit(0);
        }
        usual(panic);
    }));
}
