#!/bin/sh
# Tests the plugin @NAME@: starts it, asks it for its posts, and compares the answers.
set -eu

plugin=$(cd "$(dirname "$0")" && pwd)/syndicate-plugin-@NAME@
root=$(mktemp -d)
trap 'rm -r "$root"' EXIT
cd "$root"
mkdir notes
printf 'A title\nA text.\n' >notes/first.txt

answers=$("$plugin" <<'END'
{"hello":{"protocol":[1,1],"host":"test"}}
{"id":1,"do":"open","name":"test","options":{"folder":"notes"},"root":"/"}
{"id":2,"do":"scan"}
END
)

expected='{"id":1,"ok":{"watch":["notes"]}}
{"id":2,"item":{"path":"notes/first.txt","url":"https://example.org/first/","title":"A title","body":"A text.","format":"text"}}
{"id":2,"ok":{"items":1,"faults":0}}'

case $answers in
*"$expected") echo "ok" ;;
*)
  printf 'expected\n%s\nand got\n%s\n' "$expected" "$answers" >&2
  exit 1
  ;;
esac
