#!/bin/sh
# Publishes posts on a server that takes them as JSON. A shell cannot read JSON, so the text of a post is passed on as it
# is written, with its escapes. Adapt the answer to `compose` to the API of your server.

read -r _ # the offer of the host: this plugin speaks version 1
# The host adds the token to requests to the server. The plugin never gets it.
cat <<'END'
{"hello":{"protocol":1,"kind":"sink","name":"@NAME@","version":"0.1.0","summary":"Publishes posts on a server.","endpoint":"{site}/api","options":{"type":"object","required":["site"],"properties":{"site":{"type":"string","description":"The address of the server."}}},"wants":{"secrets":{"token":["{site}"]}},"auth":[{"kind":"bearer","secret":"token"}],"template":"{{title}}\n\n{{link}}"}}
END
while read -r line; do
  id=${line#*\"id\":} id=${id%%,*}
  case $line in
  *'"do":"open"'*) printf '{"id":%s,"ok":{}}\n' "$id" ;;
  *'"do":"limits"'*) printf '{"id":%s,"ok":{"text":[{"count":"code_points","limit":500}]}}\n' "$id" ;;
  *'"do":"compose"'*)
    text=$(printf '%s\n' "$line" | sed -E 's/.*"post":\{"text":("([^"\\]|\\.)*").*/\1/')
    printf '{"id":%s,"ok":{"steps":[{"name":"post","role":"create","request":{"method":"POST","path":["posts"],"json":{"text":%s}},"answers":[{"status":201,"is":"sent","receipt":{"id":"/id","url":"/url"}},{"status":401,"at":"/error","is":"unauthorized","say":"/error"},{"status":422,"at":"/error","is":"rejected","say":"/error"}]}]}}\n' "$id" "$text"
    ;;
  *'"cancel"'*) ;;
  *) printf '{"id":%s,"error":{"message":"unknown request"}}\n' "$id" ;;
  esac
done
