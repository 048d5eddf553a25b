# What the machine must have. Sourced by scripts/setup; installs through apt-get where it may,
# and otherwise names exactly what is missing.

fail() {
  printf 'Baylight: %s\n' "$@" >&2
  exit 1
}

# Servers live in sbin, which ordinary people do not have in their PATH.
has() { PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1; }

# Lines may be empty: one Debian package per missing program.
missing_packages() {
  missing_for_python
  has mosquitto || echo mosquitto
  if [ "$1" = audit ]; then
    has node || echo nodejs
    has npm || echo npm
  fi
  [ "$1" != run ] || return 0
  has mosquitto_pub || echo mosquitto-clients
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has initdb || echo postgresql
  has redis-server || echo redis-server
  # Ubuntu's chromium is a snap, which the tests cannot drive.
  has chromium || grep -qs '^ID=ubuntu' /etc/os-release || echo chromium
  { has fc-list && [ -n "$(fc-list :lang=zh-cn family | head -n 1)" ]; } || echo fonts-noto-cjk
}

# Without these the product runs: screens sound a chime and say nothing.
optional_packages() { has espeak-ng || echo espeak-ng; }

missing_for_python() {
  [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null && return 0
  if [ -z "$(any_python 'import sys')" ]; then
    echo python3
    echo python3-venv
  elif [ -z "$(any_python 'import venv, ensurepip')" ]; then
    echo python3-venv
  fi
}

# The first Python of 3.11 or newer that can run the given statement; prints nothing if there is none.
# The system's own comes first: it is what most shops have, built for speed and kept up to date.
any_python() {
  local name
  for name in /usr/bin/python3.{13,12,11} python3.{13,12,11} python3; do
    if "$name" -c "import sys; assert sys.version_info >= (3, 11)
$1" >/dev/null 2>&1; then
      echo "$name"
      return 0
    fi
  done
}

install_missing() {
  local packages
  packages="$(missing_packages "$1" | xargs)"
  [ -n "$packages" ] || return 0
  has apt-get || fail "these programs are missing; install what your system calls them: $packages"
  local install=(scripts/install-packages)
  if [ "$(id -u)" != 0 ]; then
    has sudo || fail "installing needs root. Please run as root: apt-get install $packages"
    # Without a terminal nobody could type the password.
    [ -t 0 ] || sudo -n true 2>/dev/null || fail "installing needs root. Please run: sudo apt-get install $packages"
    install=(sudo scripts/install-packages)
  fi
  echo "Baylight: installing Debian packages: $packages"
  # shellcheck disable=SC2086 # one argument per package
  "${install[@]}" $packages || fail "the Debian packages could not be installed. Please install: $packages"
  packages="$(missing_packages "$1" | xargs)"
  [ -z "$packages" ] || fail "after the installation this is still missing: $packages"
}

# Installed where that needs nobody's password; else, and where it fails, only said. Once: a
# second run must cost no time.
install_optional() {
  local packages said=.venv/.optional-said
  packages="$(optional_packages | xargs)"
  [ -n "$packages" ] && [ "$packages" != "$(cat "$said" 2>/dev/null)" ] || return 0
  if has apt-get && [ "$(id -u)" = 0 ]; then
    echo "Baylight: installing Debian packages: $packages"
    # shellcheck disable=SC2086 # one argument per package
    if scripts/install-packages $packages; then return 0; fi
  fi
  echo "Baylight: for spoken calls install $packages (optional; screens sound a chime without it)"
  printf '%s' "$packages" >"$said"
}
