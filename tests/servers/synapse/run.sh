#!/bin/sh
# Runs Synapse until standard input closes, so that it ends with the test, even if that is killed. FOLDER, which contains
# homeserver.yaml, is then removed: run.sh PYTHON FOLDER
"$1" -m synapse.app.homeserver -c "$2/homeserver.yaml" &
read -r _
kill "$!"
wait
rm -rf "$2"
