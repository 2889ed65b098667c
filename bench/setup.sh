#!/usr/bin/env bash
# Installs the peers that we are measured against beside this script, each for itself: Checkov in a virtual environment,
# Conftest as a Go module (where there is Go; it takes some minutes).
set -euo pipefail
cd "$(dirname "$0")"

python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --upgrade checkov
.venv/bin/checkov --version

if command -v go >/dev/null; then
  GOBIN="$PWD/.go" go install github.com/open-policy-agent/conftest@latest
  .go/conftest --version
fi
