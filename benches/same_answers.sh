#!/usr/bin/env bash
# Whether two builds of the core answer alike, byte for byte: what only makes it
# faster must change no assessment. Every corpus that is there, its drafts again
# as review replies and as comments, which other rules read, and each whole file
# as one long draft.
# Call: benches/same_answers.sh OLD_PRIMUM NEW_PRIMUM
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
old=$(realpath "$1")
new=$(realpath "$2")
found=$(mktemp)
trap 'rm -f "$found"' EXIT
cd "$(dirname "$0")/.."

# What a build says of a file. Lines without a text are no drafts; times differ.
answers() { # PRIMUM FILE SETTING
  case $3 in
    whole) "$1" check --format text <"$2" ;;
    "") "$1" check --format jsonl <"$2" ;;
    *) sed -E 's/"setting": *"[a-z_]*", *//; s/^\{/{"setting":"'"$3"'",/' "$2" | "$1" check --format jsonl ;;
  esac 2>/dev/null | sed -E 's/,?"scan_us":[0-9.e-]+//'
}

differ=0 lines=0
for file in tests/corpus/*.jsonl ../shared/corpus/*.jsonl ../shared/corpus/public/*.jsonl; do
  [ -f "$file" ] || continue
  for setting in "" review_reply comment whole; do
    if ! diff <(answers "$old" "$file" "$setting") <(answers "$new" "$file" "$setting") >"$found"; then
      echo "$file ${setting:-as it is}: $(grep -c '^<' "$found") answers differ; the first:"
      head -n 4 "$found" | cut -c1-1000
      differ=1
    fi
    lines=$((lines + $(wc -l <"$file")))
  done
done
echo "$lines answers compared"
exit $differ
