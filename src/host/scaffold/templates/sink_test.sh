#!/bin/sh
# Tests the plugin @NAME@: starts it, sends it a post, and compares the request.
set -eu

plugin=$(cd "$(dirname "$0")" && pwd)/syndicate-plugin-@NAME@

answers=$("$plugin" <<'END'
{"hello":{"protocol":[1,1],"host":"test"}}
{"id":1,"do":"open","name":"test","options":{"site":"https://example.org"},"root":"/"}
{"id":2,"do":"compose","post":{"text":"A \"title\""},"server_info":{}}
END
)

expected='"path":["posts"],"json":{"text":"A \"title\""}'

case $answers in
*'{"id":1,"ok":{}}'*"$expected"*) echo "ok" ;;
*)
  printf 'expected\n%s\nand got\n%s\n' "$expected" "$answers" >&2
  exit 1
  ;;
esac
