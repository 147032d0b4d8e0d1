#!/bin/sh
# Runs snac2 until standard input closes, so that it ends with the test, even if that is killed. FOLDER, which
# contains DATA, is then removed: run.sh SNAC DATA FOLDER
"$1" httpd "$2" &
read -r _
kill "$!"
wait
rm -rf "$3"
