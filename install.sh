#!/bin/sh
# Installs, updates or removes sinch for the user who runs it: one file in a
# folder of theirs, no root, no change to any other file.
#
#   curl -fsSL https://github.com/sinch-community/sinch-cli/releases/latest/download/install.sh | sh
#   sh install.sh --help
set -eu

releases=${SINCH_INSTALL_URL:-https://github.com/sinch-community/sinch-cli/releases}
folder=${SINCH_INSTALL_DIR:-}
version=latest
uninstall=

usage() {
  cat <<'TEXT'
Usage: sh install.sh [options]

  --version <version>  Install this version, such as 0.1.0 (default: the newest).
  --dir <folder>       Install into this folder (default: ~/.local/bin).
  --uninstall          Remove what was installed. Settings stay; it says where.
  --help               Show this.

Environment: SINCH_INSTALL_DIR as --dir, SINCH_INSTALL_URL for a mirror of the
releases page.
TEXT
}

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Which of the released files runs here.
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
    fail "the executable needs glibc, which this system lacks; run sinch.js with Deno"
  fi
  say "sinch-$os-$arch"
}

# download URL FILE
download() {
  if command -v curl >/dev/null 2>&1; then
    curl --fail --silent --show-error --location --retry 2 --output "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -O "$2" "$1"
  else
    fail "curl or wget is needed"
  fi || fail "cannot download $1 to $2; nothing was installed"
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum "$1"
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 "$1"
  else
    fail "sha256sum or shasum is needed to check the download"
  fi | cut -d ' ' -f 1
}

check() {
  wanted=$(awk -v name="$2" '$2 == name { print $1 }' "$3")
  [ -n "$wanted" ] || fail "$url/SHA256SUMS does not list $2; nothing was installed"
  found=$(sha256 "$1")
  [ "$found" = "$wanted" ] ||
    fail "$2 does not have its checksum (expected $wanted, got $found); nothing was installed"
}

install_sinch() {
  name=$(file_for_this_system)
  if [ "$version" = latest ]; then
    url=$releases/latest/download
  else
    url=$releases/download/v${version#v}
  fi
  mkdir -p "$folder" || fail "cannot make the folder $folder"
  # A relative one would be another in the next shell.
  folder=$(CDPATH='' cd "$folder" && pwd) || fail "cannot read the folder $folder"
  # In the same folder, so that the last step is a rename: all or nothing.
  fresh=$(mktemp -d "$folder/.sinch-install.XXXXXX") || fail "cannot write to $folder"
  trap 'rm -rf "$fresh"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM

  say "Downloading $url/$name"
  download "$url/SHA256SUMS" "$fresh/SHA256SUMS"
  download "$url/$name" "$fresh/sinch"
  check "$fresh/sinch" "$name" "$fresh/SHA256SUMS"
  say "Checksum is right"
  chmod 755 "$fresh/sinch"
  shown=$("$fresh/sinch" --version) ||
    fail "the downloaded sinch does not run on this system; nothing was installed"
  mv -f "$fresh/sinch" "$folder/sinch"
  say "Installed sinch $shown as $folder/sinch"

  case ":$PATH:" in
    *":$folder:"*) say "Try: sinch --sandbox conversation send +15551234567 Hello --channel SMS" ;;
    *) say "$folder is not in PATH; add this line to your shell's profile:
  export PATH=\"$folder:\$PATH\"" ;;
  esac
}

uninstall_sinch() {
  if [ ! -e "$folder/sinch" ]; then
    say "There is no $folder/sinch; nothing was removed"
    return
  fi
  rm -f "$folder/sinch" "$folder/sinch.old"
  say "Removed $folder/sinch"
  if [ "$(uname -s)" = Darwin ]; then
    say "Settings are kept in ~/Library/Application Support/sinch"
  else
    say "Settings are kept in ${XDG_CONFIG_HOME:-~/.config}/sinch, the sandbox's data in ${XDG_DATA_HOME:-~/.local/share}/sinch"
  fi
}

# In a function that is called last: half a script that a broken connection
# leaves does nothing.
main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --version)
        [ $# -gt 1 ] || fail "--version needs a version"
        version=$2
        shift
        ;;
      --dir)
        [ $# -gt 1 ] || fail "--dir needs a folder"
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
        printf 'error: unknown option %s\n' "$1" >&2
        exit 2
        ;;
    esac
    shift
  done
  if [ -z "$folder" ]; then
    [ -n "${HOME:-}" ] || fail "HOME is not set: name a folder with --dir"
    folder=$HOME/.local/bin
  fi
  if [ -n "$uninstall" ]; then uninstall_sinch; else install_sinch; fi
}

main "$@"
