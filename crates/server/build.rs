//! Builds the program again when a file of the demo town is added or removed.

#[expect(clippy::print_stdout, reason = "how a build script speaks to cargo")]
fn main() {
    println!("cargo::rerun-if-changed=demo/content");
}
