#!/bin/sh
# Tests the plugin @NAME@: starts it, sends it posts, and compares the answers.
set -eu

plugin=$(cd "$(dirname "$0")" && pwd)/syndicate-plugin-@NAME@

answers=$("$plugin" <<'END'
{"hello":{"protocol":[1,1],"host":"test"}}
{"id":1,"do":"open","name":"test","options":{"tag":"rust"},"root":"/"}
{"id":2,"do":"transform","item":{"id":"a","tags":["rust","web"]}}
{"id":3,"do":"transform","item":{"id":"b"}}
END
)

expected='{"id":1,"ok":{}}
{"id":2,"ok":{}}
{"id":3,"ok":{"skip":"it has no tag rust"}}'

case $answers in
*"$expected") echo "ok" ;;
*)
  printf 'expected\n%s\nand got\n%s\n' "$expected" "$answers" >&2
  exit 1
  ;;
esac
