# What ./run and ./test share: a Python, a venv, hashed requirements, this checkout installed into it.
# Sourced, not run. Wants: bash. Leaves behind: .venv/, var/. Everything else stays as it was.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export OPENBLAS_NUM_THREADS=1 # two BLAS threads spin against each other on small matrices
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUTF8=1
PY=.venv/bin/python

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi; }

find_python() {
    local name
    for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            echo "$name"; return
        fi
    done
    die "Klarsyn needs Python 3.11, 3.12 or 3.13, and none was found. On Debian or Ubuntu: apt install python3 python3-venv"
}

make_venv() {
    local python; python=$(find_python)
    if [ -x $PY ] && ! $PY -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        rm -rf .venv # left by a Python that is gone or out of range
    fi
    [ -x $PY ] && return
    say "Making .venv with $("$python" --version)"
    if ! "$python" -m venv .venv 2>.venv-error; then
        rm -rf .venv
        as_root apt-get install -y -qq python3-venv >&2 && "$python" -m venv .venv ||
            die "$(cat .venv-error)"$'\n'"Install the package python3-venv, then run this again."
    fi
    rm -f .venv-error
}

# install base|test: only when the locked file has changed since the last time
install() {
    local lock=requirements/$1.txt stamp=.venv/installed-$1 sum
    sum=$(cat "$lock" pyproject.toml | sha256sum)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
        say "Installing what $lock names (every file checked against its hash)"
        if command -v uv >/dev/null 2>&1; then
            uv pip install --quiet --python $PY --require-hashes -r "$lock"
        else
            # Python compiles what is used when it is first used; all of it now would take ten seconds more
            $PY -m pip install --quiet --no-compile --require-hashes -r "$lock"
        fi || die "The installation failed; what it says stands above. Nothing was started. Is there a way to a package index?"
        $PY -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
        echo "$sum" >"$stamp"
    fi
    compile_messages
}

# Translations are compiled here, so that no binary file lies in the repository.
compile_messages() {
    local po mo
    for po in klarsyn/*/locale/*/LC_MESSAGES/django.po; do
        [ -e "$po" ] || continue
        mo=${po%.po}.mo
        [ "$mo" -nt "$po" ] || .venv/bin/pybabel --quiet compile -i "$po" -o "$mo"
    done
}

# The loops of smallcounts.mse are compiled once and kept; done ahead, the first command answers in seconds.
# warm_loops searches: only what the first mapping needs, half the work.
warm_loops() {
    local stamp=.venv/warmed-${1:-all} sum
    sum=$(cat smallcounts/mse/*.py requirements/base.txt | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return
    # numba does not see when a loop that another one calls has changed
    [ "$(cat .venv/warmed-* 2>/dev/null | sort -u)" = "$sum" ] || rm -f smallcounts/mse/__pycache__/*.nb[ci]
    $PY -m smallcounts.mse.warm "$@" && echo "$sum" >"$stamp"
}

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

# Chromium for the browser tests: an installed one, else apt; without either a loud skip, in CI a failure.
want_chromium() {
    CHROMIUM=$(find_chromium)
    if [ -z "$CHROMIUM" ]; then
        say "Installing Chromium for the browser tests"
        (as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 || true
        CHROMIUM=$(find_chromium)
    fi
    if [ -n "$CHROMIUM" ]; then export KLARSYN_CHROMIUM=$CHROMIUM; return 0; fi
    [ "${CI:-}" = true ] && die "No Chromium and no way to install it: in CI that is a failure."
    say "NOT RUN: the browser tests. There is no Chromium here and no right to install it (apt install chromium)."
    return 1
}
