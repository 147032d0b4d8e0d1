# Commands for everyday work. Install `just` with `cargo install just` or `pip install rust-just`.

# Lists the recipes.
[private]
default:
    @"{{ just_executable() }}" --list --unsorted

# Run the example pipeline against the built-in sandbox
run *arguments:
    cargo run -- build --sandbox {{ arguments }}

# Start the sandbox and keep it running
sandbox *arguments:
    cargo run -- sandbox {{ arguments }}

# Preview the example pipeline in the browser
preview *arguments:
    cargo run -- preview --serve --open --sandbox {{ arguments }}

# Run every test; arguments go to `cargo test`
test *arguments:
    tests/run {{ arguments }}

# Run the tests that need no further tools
quick *arguments:
    tests/run --quick {{ arguments }}

# Run every test with many random trials
soak *arguments:
    tests/run --soak {{ arguments }}

# Check format, spelling, lints and imports
lint:
    cargo fmt --all --check
    .ci/typos
    cargo clippy --workspace --all-targets --all-features -- -D warnings
    cargo xtask cycles
    cargo xtask duplicates
    cargo xtask prose

# Correct format and spelling
fix:
    cargo fmt --all
    .ci/typos --write-changes

# Run everything that a change must pass
ci:
    .ci/run

# Build the API documentation; arguments go to `cargo doc`
docs *arguments:
    cargo doc --workspace --no-deps {{ arguments }}

# Write the generated pages of `docs` and the expected messages again
update-expected:
    UPDATE_EXPECTED=1 cargo test --test it -- completions config documents man_pages options_page page_rules
    UPDATE_EXPECTED=1 cargo test -p plugin-protocol

# Take the pictures in `docs/images` again, with Chromium
update-pictures:
    UPDATE_EXPECTED=1 tests/run preview_browser

# Print the size of each crate
figures:
    cargo xtask figures

# Measure the program beside limits and other tools
speed *arguments:
    cargo speed {{ arguments }}

# Measure single parts of the program
bench *arguments:
    cargo bench --package speed {{ arguments }}

# Fuzz one target for a minute; see fuzz/README.md
fuzz target="front_matter" seconds="60":
    RUSTC_BOOTSTRAP=1 cargo fuzz run {{ target }} -- -max_total_time={{ seconds }}

# Check licences, sources and advisories of dependencies (needs cargo-deny and the network)
deny:
    cargo deny check
