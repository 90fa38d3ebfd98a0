#!/bin/sh
# Installs, updates or removes sinch for the current user: the program and its
# manual pages, in folders of that user. No root, no change to any other file.
#
#   curl -fsSL https://github.com/sinch-community/sinch-cli/releases/latest/download/install.sh | sh
#   sh install.sh --help
set -eu

releases=${SINCH_INSTALL_URL:-https://github.com/sinch-community/sinch-cli/releases}
folder=${SINCH_INSTALL_DIR:-}
version=latest
uninstall=
# Seconds for one download.
limit=${SINCH_INSTALL_TIMEOUT:-600}
child=
fresh=

usage() {
  cat <<'TEXT'
Usage: sh install.sh [options]

  --version <version>  Version to install, such as 0.1.0 (default: the latest)
  --dir <folder>       Folder for the program (default: ~/.local/bin)
  --uninstall          Remove the program and its manual pages; keep settings
  --help               Show this help

Environment:
  SINCH_INSTALL_DIR      Same as --dir
  SINCH_INSTALL_URL      Mirror of the releases page
  SINCH_INSTALL_TIMEOUT  Seconds for one download (default: 600)
TEXT
}

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

refuse() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

# The name of the released file for this system.
file_for_this_system() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=macos ;;
    *) fail "there is no executable for $(uname -s); run sinch.js with Deno" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail "there is no executable for $(uname -m); run sinch.js with Deno" ;;
  esac
  # An x64 shell on Apple silicon says x86_64.
  if [ "$os" = macos ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null || :)" = 1 ]; then
    arch=arm64
  fi
  if [ "$os" = linux ] && [ -n "$(find /lib -maxdepth 1 -name 'ld-musl-*' 2>/dev/null)" ] &&
    [ -z "$(find /lib /lib64 -maxdepth 1 -name 'ld-linux-*' 2>/dev/null)" ]; then
    fail "the executable needs glibc, which this system does not have; run sinch.js with Deno"
  fi
  say "sinch-$os-$arch"
}

# Runs a program so that a signal ends the wait at once: the shell holds its
# traps back while a program runs in the foreground.
run() {
  "$@" &
  child=$!
  wait "$child" && child=
}

# download URL FILE
download() {
  if command -v curl >/dev/null 2>&1; then
    # A redirect never leads to plain HTTP.
    run curl --fail --silent --show-error --location --proto-redir =https \
      --retry 2 --connect-timeout 30 --max-time "$limit" --retry-max-time "$limit" \
      --output "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    download_with_wget "$1" "$2"
  else
    fail "curl or wget is required"
  fi || fail "cannot download $1 to $2; nothing was installed"
}

# wget cannot limit where a redirect leads, so each one is followed here.
download_with_wget() {
  from=$1
  idle=30
  [ "$limit" -gt "$idle" ] || idle=$limit
  for _ in 1 2 3 4 5; do
    if run with_limit wget -S -t 2 -T "$idle" --max-redirect=0 -O "$2" "$from" 2>"$fresh/answer"; then
      return 0
    fi
    from=$(awk 'tolower($1) == "location:" { print $2; exit }' "$fresh/answer")
    case $from in
      https://*) ;;
      '') break ;;
      *) fail "refused a redirect to $from; nothing was installed" ;;
    esac
  done
  awk 'END { print }' "$fresh/answer" >&2
  return 1
}

with_limit() {
  if command -v timeout >/dev/null 2>&1; then exec timeout "$limit" "$@"; else exec "$@"; fi
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum "$1"
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 "$1"
  else
    fail "sha256sum or shasum is required to check the download"
  fi | cut -d ' ' -f 1
}

# The checksum of NAME in $fresh/SHA256SUMS, or nothing.
listed() { awk -v name="$1" '$2 == name { print $1 }' "$fresh/SHA256SUMS"; }

# check FILE NAME
check() {
  wanted=$(listed "$2")
  [ -n "$wanted" ] || fail "$url/SHA256SUMS does not list $2; nothing was installed"
  found=$(sha256 "$1")
  [ "$found" = "$wanted" ] ||
    fail "$2 does not have its checksum (expected $wanted, got $found); nothing was installed"
}

# Where `man` looks for the pages of a program in $folder.
man_folder() {
  case $folder in
    */bin) say "${folder%/bin}/share/man/man1" ;;
    *) say "$folder/man/man1" ;;
  esac
}

remove_man() { rm -f "$1/sinch.1" "$1"/sinch-*.1; }

install_man() {
  man=$(man_folder)
  if mkdir -p "$man" && remove_man "$man" && mv -f "$fresh"/man/*.1 "$man"; then
    say "Installed manual pages in $man"
  else
    say "Manual pages were not installed: cannot write to $man"
  fi
}

install_sinch() {
  name=$(file_for_this_system)
  if [ "$version" = latest ]; then
    url=$releases/latest/download
  else
    url=$releases/download/v${version#v}
  fi
  mkdir -p "$folder" || fail "cannot create the folder $folder"
  # A relative one would be another in the next shell.
  folder=$(CDPATH='' cd "$folder" && pwd) || fail "cannot read the folder $folder"
  # In the same folder, so that the last step is a rename: all or nothing.
  fresh=$(mktemp -d "$folder/.sinch-install.XXXXXX") || fail "cannot write to $folder"
  trap '[ -z "$child" ] || kill "$child" 2>/dev/null || :; rm -rf "$fresh"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM

  say "Downloading $url/$name"
  download "$url/SHA256SUMS" "$fresh/SHA256SUMS"
  download "$url/$name" "$fresh/sinch"
  check "$fresh/sinch" "$name"
  # The program works without its pages: an older release has none, and a
  # small system may have no tar.
  if command -v tar >/dev/null 2>&1 && [ -n "$(listed sinch-man.tar.gz)" ]; then
    download "$url/sinch-man.tar.gz" "$fresh/man.tar.gz"
    check "$fresh/man.tar.gz" sinch-man.tar.gz
    mkdir "$fresh/man"
    tar -xzf "$fresh/man.tar.gz" -C "$fresh/man" || rm -rf "$fresh/man"
  fi
  say "Checksum verified"
  chmod 755 "$fresh/sinch"
  shown=$("$fresh/sinch" --version) ||
    fail "the downloaded sinch does not run on this system; nothing was installed"
  mv -f "$fresh/sinch" "$folder/sinch"
  say "Installed sinch $shown as $folder/sinch"
  if [ -d "$fresh/man" ]; then install_man; fi

  case ":$PATH:" in
    *":$folder:"*) say "Try: sinch --sandbox conversation send +15551234567 Hello --channel SMS" ;;
    *) say "$folder is not in PATH; add this line to your shell's profile:
  export PATH=\"$folder:\$PATH\"" ;;
  esac
}

uninstall_sinch() {
  if [ ! -e "$folder/sinch" ]; then
    say "$folder/sinch does not exist; nothing was removed"
    return
  fi
  rm -f "$folder/sinch" "$folder/sinch.old"
  remove_man "$(man_folder)"
  say "Removed $folder/sinch"
  if [ "$(uname -s)" = Darwin ]; then
    say "Settings are kept in ~/Library/Application Support/sinch"
  else
    say "Settings are kept in ${XDG_CONFIG_HOME:-~/.config}/sinch, the sandbox's data in ${XDG_DATA_HOME:-~/.local/share}/sinch"
  fi
}

# In a function that is called last: a script cut off by a broken connection
# does nothing.
main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --version)
        [ $# -gt 1 ] || refuse "--version requires a version"
        version=$2
        shift
        ;;
      --dir)
        [ $# -gt 1 ] || refuse "--dir requires a folder"
        folder=$2
        shift
        ;;
      --uninstall) uninstall=1 ;;
      --help | -h)
        usage
        exit 0
        ;;
      *)
        usage >&2
        refuse "unknown option $1"
        ;;
    esac
    shift
  done
  # It becomes a part of the address.
  case ${version#v} in
    latest) ;;
    [!0-9]* | '' | *[!0-9A-Za-z.+-]*)
      refuse "--version must be a version such as 0.1.0, got \"$version\"" ;;
  esac
  case $releases in
    https://* | http://localhost[:/]* | http://127.0.0.1[:/]*) ;;
    *) refuse "SINCH_INSTALL_URL must start with https://, got \"$releases\"" ;;
  esac
  case $limit in
    0* | '' | *[!0-9]*)
      refuse "SINCH_INSTALL_TIMEOUT must be a number of seconds, got \"$limit\"" ;;
  esac
  if [ -z "$folder" ]; then
    [ -n "${HOME:-}" ] || fail "HOME is not set; choose a folder with --dir"
    folder=$HOME/.local/bin
  fi
  if [ -n "$uninstall" ]; then uninstall_sinch; else install_sinch; fi
}

main "$@"
