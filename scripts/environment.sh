# The Python environment in .venv. Sourced by scripts/setup after scripts/machine.sh.
# A stamp per lock says which text of it is installed, so that a second run costs nothing.

make_environment() {
  local python
  if ! .venv/bin/python -c '' 2>/dev/null; then
    python="$(any_python 'import venv, ensurepip')"
    [ -n "$python" ] || fail "Python 3.11 or newer with its venv module is needed: apt-get install python3 python3-venv"
    echo "Baylight: making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
  fi
}

install_requirements() {
  install_lock requirements.txt
  if [ "$1" = test ]; then install_lock requirements-dev.txt; fi
}

install_lock() {
  local stamp=".venv/$1.installed" wanted
  wanted="$(sha256sum <"$1")"
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  echo "Baylight: installing $1"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$1" ||
    fail "the Python packages of $1 could not be installed (pip says why above)." \
      "pip must reach a package index or a mirror of it; every file is checked against the hashes in $1."
  echo "$wanted" >"$stamp"
}

# The project runs from its checkout: a path file and a launcher are all that a package would add.
make_launcher() {
  local packages
  packages=("$PWD"/.venv/lib/python3.*/site-packages)
  write_if_changed "${packages[0]}/baylight.pth" "$PWD"
  write_if_changed .venv/bin/baylight "#!/bin/sh
'''exec' \"$PWD/.venv/bin/python\" \"\$0\" \"\$@\"
' '''
import sys

from cli import main

sys.exit(main())"
  chmod +x .venv/bin/baylight
}

write_if_changed() {
  [ "$(cat "$1" 2>/dev/null)" = "$2" ] || printf '%s\n' "$2" >"$1"
}
