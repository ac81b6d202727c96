//! Builds the program again when a file of the demo town is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=demo/content");
}
