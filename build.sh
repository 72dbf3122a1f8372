#!/usr/bin/env bash
# Primum's one build script. ./build.sh --help says what it does.
set -euo pipefail
cd "$(dirname "$0")"

WASM_PACK_VERSION=0.15.1
NODE_TOOLS=tests/browser/node_modules/.bin   # esbuild, wasm-opt, tsc: pinned in tests/browser/package-lock.json
LOGS=target/test-logs
export PATH="$HOME/.cargo/bin:$PWD/$NODE_TOOLS:$PATH"
# Panic messages name source files: by their place in the project, not on this machine.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$PWD=. --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$(rustc --print sysroot 2>/dev/null || echo /rust)=rust"

usage() {
  cat <<'TEXT'
./build.sh         builds dist/chrome and dist/firefox (load them unpacked) and their zips;
                   installs what is missing first and says what and why
./build.sh enterprise [--key PEM] [--url ADDRESS] [--hosts SITE,...] [--reporting ADDRESS]
                   the same, with a package signed for your own server (docs/deployment.md)
./build.sh test    everything: format, lints, native tests, tests in WebAssembly in headless
                   Chromium, type check and text check of the extension, browser tests
./build.sh run     builds, then opens Chromium with the extension on a page of real editors;
                   without a display: types three drafts, prints what Primum said and saves
                   pictures under dist/demo
./build.sh sheet   builds, then takes a picture of each editor in each state, light and dark,
                   narrow and wide, under dist/demo/sheet
./build.sh figures prints the figures that the README quotes
./build.sh bench   measures the core in WebAssembly beside a naive scanner of 40 patterns, and how
                   its time grows with drafts, claims and the organization's words
./build.sh reproduce  builds the packages twice from nothing, each time into a target folder of
                   its own, and compares the hashes; fails when they differ
./build.sh --help  this text
TEXT
}

main() {
  case "${1:-build}" in
    build) build ;;
    enterprise) shift; build "$@" ;;
    test) run_tests ;;
    run) build; install_browsers; node tests/browser/demo.mjs ;;
    sheet) build; install_browsers; node tests/browser/sheet.mjs ;;
    bench) bench ;;
    reproduce) reproduce ;;
    figures) cargo build --release --quiet && figures ;;
    -h | --help | help) usage ;;
    *) usage >&2; exit 2 ;;
  esac
}

build() {
  install_rust
  install_node_tools
  build_core
  build_extension "$@"
  say "Done in ${SECONDS} s: dist/chrome and dist/firefox to load unpacked, dist/primum-$(version)-* to hand out"
}

# --- what is needed ---------------------------------------------------------

install_rust() {
  has cargo || die "Rust is missing. Install rustup (https://rustup.rs) or Debian's cargo, then run this again."
  install_wasm_target
  if ! has wasm-pack; then
    announce "wasm-pack $WASM_PACK_VERSION" "it builds the Rust core for the browser (about 4 minutes, once)"
    cargo install wasm-pack --version "$WASM_PACK_VERSION" --locked
  fi
  local wanted
  wanted=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
  if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $wanted" ]; then
    announce "wasm-bindgen-cli $wanted" "it writes the JavaScript glue; its version must equal the one in Cargo.lock (about 3 minutes, once)"
    # Without --locked: its lock file pins crates that newer compilers refuse.
    cargo install wasm-bindgen-cli --version "$wanted" --force
  fi
}

install_wasm_target() {
  local libs
  libs="$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"
  [ -d "$libs" ] && return
  if has rustup; then
    announce "the wasm32-unknown-unknown target" "the core runs as WebAssembly"
    rustup target add wasm32-unknown-unknown
    return
  fi
  build_wasm_standard_library "$libs"
}

# Debian's Rust has no WebAssembly target of this kind: its standard library is
# built once from Debian's own sources.
build_wasm_standard_library() {
  announce "the standard library for WebAssembly, from Debian's rust-web-src" "there is no rustup to fetch the target (about 2 minutes, once)"
  apt_install rustc-web cargo-web rust-web-src lld-22
  local work
  work=$(mktemp -d)
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2021"\n[lib]\npath = "lib.rs"\n' >"$work/Cargo.toml"
  : >"$work/lib.rs"
  (cd "$work" && RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
    cargo build -Z build-std=std,panic_abort,test --target wasm32-unknown-unknown --release)
  mkdir -p "$1"
  cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$1/"
  has rust-lld || ln -sf "$(command -v lld-22)" "$HOME/.cargo/bin/rust-lld"
  rm -rf "$work"
}

install_lints() {
  local missing=()
  cargo fmt --version >/dev/null 2>&1 || missing+=(rustfmt)
  cargo clippy --version >/dev/null 2>&1 || missing+=(clippy)
  [ ${#missing[@]} -eq 0 ] && return
  has rustup || die "Missing: ${missing[*]}. On Debian: apt-get install rustfmt rust-clippy"
  announce "${missing[*]}" "the tests check format and lints"
  rustup component add "${missing[@]}"
}

install_node_tools() {
  has node && has npm || die "Node.js 20 or newer with npm is missing. On Debian: apt-get install nodejs npm"
  if ! cmp -s tests/browser/package-lock.json tests/browser/node_modules/.installed; then
    announce "esbuild, wasm-opt (binaryen), TypeScript and the editors for the tests" "they bundle, shrink and check; pinned in tests/browser/package-lock.json"
    (cd tests/browser && npm ci --no-fund --no-audit --loglevel=error)
    cp tests/browser/package-lock.json tests/browser/node_modules/.installed
  fi
}

install_browsers() {
  local missing=()
  has chromium || missing+=(chromium)
  has chromedriver || missing+=(chromium-driver)
  has firefox-esr || missing+=(firefox-esr)
  has openssl || missing+=(openssl)
  [ ${#missing[@]} -eq 0 ] && return
  announce "${missing[*]}" "the tests run in real browsers"
  apt_install "${missing[@]}"
}

# Installs with apt, or says what to install where that cannot be done from here.
apt_install() {
  if ! has apt-get || [ "$(id -u)" -ne 0 ]; then
    die "Please install these packages, then run this again: $*"
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

# --- building ---------------------------------------------------------------

build_core() {
  say "Building the core"
  wasm-pack --log-level warn build --release --target web --no-pack --no-typescript --out-dir target/core --out-name primum .
}

# What is given after "enterprise" goes to the tools: --hosts and --reporting to
# the enterprise variants, --key and --url to the packages.
build_extension() {
  say "Bundling the extension"
  local variant=() packages=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --hosts | --reporting) variant+=("$1" "$2") ;;
      --key | --url) packages+=("$1" "$2") ;;
      *) die "There is no option $1. ./build.sh --help lists them." ;;
    esac
    shift 2
  done
  for browser in chrome firefox; do
    node tests/browser/tools/bundle.mjs "$browser" target/core "dist/$browser"
    node tests/browser/tools/bundle.mjs "$browser" target/core "dist/$browser-enterprise" --enterprise "${variant[@]}"
  done
  node tests/browser/tools/packages.mjs "${packages[@]}"
}

# --- testing ----------------------------------------------------------------

run_tests() {
  build
  install_lints
  install_browsers
  rm -rf "$LOGS" && mkdir -p "$LOGS"
  [ -d ../shared/corpus ] || say "The corpora (../shared/corpus) are not beside this folder: tests that read them are skipped."
  step "format" cargo fmt --check
  step "lints, native" cargo clippy --quiet --all-targets -- -D warnings
  step "lints, WebAssembly" cargo clippy --quiet --lib --target wasm32-unknown-unknown -- -D warnings
  step "native tests" cargo test --no-fail-fast
  step "tests in WebAssembly in Chromium" wasm_tests
  step "types of the extension" tsc --project extension/jsconfig.json
  step "texts of the extension" node tests/browser/tools/locales.mjs
  step "what is shipped" node tests/browser/tools/shipped.mjs
  if has cargo-deny; then step "crates and licences" cargo deny check bans licenses sources; else say "cargo-deny is not here: deny.toml is not checked."; fi
  step "browser tests" browser_tests
  summary
}

wasm_tests() {
  CHROMEDRIVER="$(command -v chromedriver)" wasm-pack --log-level warn test --headless --chrome --test web
}

# One file after the other, each with browsers of its own. A machine that is busy
# can keep a browser waiting: what fails is tried again, at most twice, and said to be.
browser_tests() {
  local file log="$LOGS/one_browser_test" failed=0 try
  for file in tests/browser/*.test.mjs; do
    for try in 1 2 3; do
      if node --test --test-reporter=spec "$file" >"$log" 2>&1; then
        cat "$log"
        continue 2
      fi
      sed 's/^/| /' "$log"
      echo "$file: failed at try $try"
    done
    failed=1
  done
  return $failed
}

RESULTS=()
PASSED=0
FAILED=0
# Runs one step. What it says is shown and kept; its tests are counted from
# that, and a step that counts none is itself one test.
step() {
  local name=$1 start=$SECONDS log passed failed mark=ok
  shift
  log="$LOGS/${name//[ ,]/_}.log"
  say "$name"
  "$@" 2>&1 | tee "$log" || mark=FAILED
  passed=$(count_tests pass "$log")
  failed=$(count_tests fail "$log")
  if [ "$mark" = FAILED ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ "$mark" = ok ] && [ "$passed" -eq 0 ]; then passed=1; fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  RESULTS+=("$(printf '%-34s %-7s %5s passed %4s failed %5s s' "$name" "$mark" "$passed" "$failed" $((SECONDS - start)))")
}

# Cargo says "test result: ok. 12 passed; 0 failed", node says "ℹ pass 12".
count_tests() {
  sed -nE "s/^test result: .* ([0-9]+) ${1}ed;.*/\1/p; s/^(ℹ|#) $1 ([0-9]+)$/\2/p" "$2" | awk '{ sum += $1 } END { print sum + 0 }'
}

summary() {
  say "Summary (logs in $LOGS)"
  printf '%s\n' "${RESULTS[@]}"
  printf 'in all %s s\n%s passed, %s failed\n' "$SECONDS" "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ]
}

figures() {
  ./target/release/primum bench
  if [ -f ../shared/corpus/posts-dev.jsonl ]; then
    ./target/release/primum evaluate ../shared/corpus/posts-dev.jsonl ../shared/corpus/public/*.jsonl
  fi
}

# The core in WebAssembly, and what one would write in an afternoon, in one run.
bench() {
  build
  cargo build --release --quiet --target wasm32-unknown-unknown --manifest-path benches/naive/Cargo.toml --target-dir target/naive
  say "The core in WebAssembly"
  node benches/wasm.mjs target/core
  say "Growth: the organization's words, then claims"
  cargo build --release --quiet
  ./target/release/primum bench
  node benches/growth.mjs
}

# Two builds from nothing give the same packages, or the step fails. Both compile
# these sources; each has a target folder of its own.
reproduce() {
  install_rust
  install_node_tools
  local sums=() work
  for _ in first second; do
    work=$(mktemp -d)
    CARGO_TARGET_DIR=$work build_core
    rm -rf "$work"
    build_extension
    sums+=("$(sha256sum target/core/primum_bg.wasm && cat dist/SHA256SUMS)")
  done
  diff <(printf '%s\n' "${sums[0]}") <(printf '%s\n' "${sums[1]}") || die "Two builds differ."
  say "Two builds from nothing gave the same"
  printf '%s\n' "${sums[0]}"
}

# --- small helpers ----------------------------------------------------------

version() { sed -n '0,/^version/s/^version = "\(.*\)"/\1/p' Cargo.toml; }
has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '\n== %s\n' "$*"; }
announce() { printf '\n-- Installing %s: %s.\n' "$1" "$2"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

main "$@"
