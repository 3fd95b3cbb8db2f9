#!/bin/sh
# Makes .venv with exactly the pinned packages: with uv when it is there, else with venv and pip.
set -eu
cd "$(dirname "$0")/.."
requirements=requirements/dev.txt

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    echo "Python 3.11, 3.12 or 3.13 is needed; none was found on PATH." >&2
    exit 1
}

if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    echo "Environment: .venv ($("$python" --version))"
    if uv --version >/dev/null 2>&1; then
        uv venv --quiet --python "$python" .venv
    else
        # Debian packs ensurepip apart; pip itself can install into an environment without one.
        "$python" -m venv .venv >/dev/null 2>&1 || "$python" -m venv --clear --without-pip .venv
    fi
fi

echo "Packages: $requirements (the first time this takes a minute or two)"
if uv --version >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$requirements"
elif .venv/bin/python -m pip --version >/dev/null 2>&1; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$requirements"
else
    "$(find_python)" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --no-deps \
        --require-hashes -r "$requirements"
fi
