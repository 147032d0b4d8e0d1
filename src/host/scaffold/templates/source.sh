#!/bin/sh
# Reads a post from each text file of a folder: the first line is its title. A shell cannot read JSON, so the name of the
# folder must not contain quotation marks or backslashes.

# Writes standard input as a JSON text on one line.
json_text() {
  printf '"%s"' "$(tr '\t\r\n' '   ' | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g; s/ *$//')"
}

read -r _ # the offer of the host: this plugin speaks version 1
cat <<'END'
{"hello":{"protocol":1,"kind":"source","name":"@NAME@","version":"0.1.0","summary":"Reads a post from each text file of a folder.","options":{"type":"object","required":["folder"],"properties":{"folder":{"type":"string","description":"The folder."}}},"wants":{"read":["{folder}"]}}}
END
while read -r line; do
  id=${line#*\"id\":} id=${id%%,*}
  case $line in
  *'"do":"open"'*)
    folder=${line#*\"folder\":\"} folder=${folder%%\"*}
    echo "{\"id\":$id,\"ok\":{\"watch\":[\"$folder\"]}}"
    ;;
  *'"do":"scan"'*)
    count=0
    for file in "$folder"/*.txt; do
      [ -f "$file" ] || continue
      count=$((count + 1))
      path=$(printf '%s' "$file" | json_text)
      url=$(printf 'https://example.org/%s/' "$(basename "$file" .txt)" | json_text)
      title=$(head -n 1 "$file" | json_text)
      body=$(tail -n +2 "$file" | json_text)
      echo "{\"id\":$id,\"item\":{\"path\":$path,\"url\":$url,\"title\":$title,\"body\":$body,\"format\":\"text\"}}"
    done
    echo "{\"id\":$id,\"ok\":{\"items\":$count,\"faults\":0}}"
    ;;
  *) echo "{\"id\":$id,\"error\":{\"message\":\"unknown request\"}}" ;;
  esac
done
