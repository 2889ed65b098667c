#!/usr/bin/env bash
# Installs Checkov, the linter we are measured against, in a virtual environment of its own beside this script.
set -euo pipefail
cd "$(dirname "$0")"

python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --upgrade checkov
.venv/bin/checkov --version
