#!/bin/sh
read -r hello
echo '{"hello":{"protocol":1,"kind":"transform","name":"rust-only","version":"1.0.0","needs":["tags"]}}'
while read -r line; do
  id=${line#*\"id\":} id=${id%%,*}
  case $line in
    *'"do":"open"'*|*'"rust"'*) echo "{\"id\":$id,\"ok\":{}}" ;;
    *) echo "{\"id\":$id,\"ok\":{\"skip\":\"it has no tag rust\"}}" ;;
  esac
done
