#!/bin/sh
# Installs a released syndicate after checking its SHA-256 checksum. It needs curl and tar (on Windows unzip),
# writes one file, and never asks for more rights. Variables:
#   SYNDICATE_REPOSITORY   URL of the repository that has the releases
#   SYNDICATE_VERSION      version, such as 1.2.3
#   SYNDICATE_INSTALL_DIR  folder for the program [default: ~/.local/bin]
# With GITHUB_API_URL and GITHUB_TOKEN it downloads through the API, also from a private repository.
set -eu
repository="" version="" # a release has a copy of this script with its own values

fail() {
  echo "${GITHUB_ACTIONS:+::error title=cannot install syndicate::}error: $1" >&2
  exit 1
}

platform() {
  case "$(uname -s) $(uname -m)" in
    "Linux x86_64" | "Linux aarch64") echo "$(uname -m)-unknown-linux-musl" ;;
    "Darwin x86_64") echo x86_64-apple-darwin ;;
    "Darwin arm64") echo aarch64-apple-darwin ;;
    MINGW*" x86_64" | MSYS*" x86_64") echo x86_64-pc-windows-msvc ;;
    *) fail "no release is built for $(uname -s) $(uname -m); build it with \`cargo install --path .\` in a clone" ;;
  esac
}

get() { # other users can see arguments, so curl reads the token from standard input
  printf '%s' "${token:+header = \"Authorization: Bearer $token\"}" |
    curl --config - --fail --silent --show-error --location --proto-redir =https --retry 3 "$@"
}

download() {
  url="$repository/releases/download/v$version/$1"
  [ -z "$token" ] || # the API knows the file by a number
    url="$(get "$GITHUB_API_URL/repos/${repository#*://*/}/releases/tags/v$version" | tr '{},' '[\n*]' | awk -F '"' \
      -v name="$1" '$4 ~ "/releases/assets/" { url = $4 } $2 == "name" && $4 == name { print url }')"
  get --header "Accept: application/octet-stream" --output "$folder/$1" "$url" ||
    fail "cannot download \`$1\`: check that $repository has a release v$version for this platform"
}

sha256() { { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d ' ' -f 1; }

main() {
  repository="${SYNDICATE_REPOSITORY:-$repository}" version="${SYNDICATE_VERSION:-$version}"
  [ -n "$repository" ] || fail "set SYNDICATE_REPOSITORY to the URL of the repository that has the releases"
  [ -n "$version" ] || fail "set SYNDICATE_VERSION to the version to install"
  token="${GITHUB_API_URL:+${GITHUB_TOKEN:-}}" bin="${SYNDICATE_INSTALL_DIR:-$HOME/.local/bin}" exe=""
  name="syndicate-$version-$(platform)"
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
  case "$name" in *-windows-*) file="$name.zip" exe=.exe ;; *) file="$name.tar.gz" ;; esac
  for part in "$file.sha256" "$file"; do download "$part"; done
  [ "$(sha256 "$folder/$file")" = "$(cut -d ' ' -f 1 "$folder/$file.sha256")" ] || fail "wrong checksum of \`$file\`"
  if [ -n "$exe" ]; then unzip -q "$folder/$file" -d "$folder"; else tar -xzf "$folder/$file" -C "$folder"; fi
  mkdir -p "$bin" && mv -f "$folder/$name/syndicate$exe" "$bin/syndicate$exe"
  echo "installed $("$bin/syndicate$exe" -V) in $bin"
}

main
