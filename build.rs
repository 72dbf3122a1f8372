//! Compiles the readable data of `src/data` and the messages of
//! `extension/_locales` into tables that the core reads in place.

#[path = "src/compile/mod.rs"]
mod compile;
#[path = "src/text/forms.rs"]
mod forms;
#[path = "src/text/hash.rs"]
mod hash;

use std::path::PathBuf;

fn main() {
    for watched in
        ["build.rs", "src/compile", "src/data", "src/text/forms.rs", "src/text/hash.rs", "extension/_locales"]
    {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = std::env::var_os("OUT_DIR").map(PathBuf::from).expect("cargo sets OUT_DIR");
    let rooms = compile::Rooms { data: "src/data".into(), locales: "extension/_locales".into(), out };
    if let Err(sentence) = compile::run(&rooms) {
        eprintln!("error: {sentence}");
        std::process::exit(1);
    }
}
