#!/bin/sh
# Keeps the posts with a tag and skips all others. A shell cannot read JSON, so the tag must not contain quotation marks
# or backslashes.

read -r _ # the offer of the host: this plugin speaks version 1
cat <<'END'
{"hello":{"protocol":1,"kind":"transform","name":"@NAME@","version":"0.1.0","summary":"Keeps the posts with a tag.","options":{"type":"object","required":["tag"],"properties":{"tag":{"type":"string","description":"The tag."}}},"needs":["tags"]}}
END
while read -r line; do
  id=${line#*\"id\":} id=${id%%,*}
  case $line in
  *'"do":"open"'*)
    tag=${line#*\"tag\":\"} tag=${tag%%\"*}
    echo "{\"id\":$id,\"ok\":{}}"
    ;;
  *'"do":"transform"'*)
    case $line in
    *"\"$tag\""*) echo "{\"id\":$id,\"ok\":{}}" ;; # or {"patch":{"title":"…"}}
    *) echo "{\"id\":$id,\"ok\":{\"skip\":\"it has no tag $tag\"}}" ;;
    esac
    ;;
  *) echo "{\"id\":$id,\"error\":{\"message\":\"unknown request\"}}" ;;
  esac
done
