#!/usr/bin/env bash
# Installs what the tests of the pack need to look at it as a reader does: the browser from Debian, and axe-core, which checks
# that a page can be read by everybody, from the npm registry into the project's `target` folder. Tests without them say that
# they are skipped. axe-core has the licence MPL-2.0: it is used as it is, and is no part of the program or the repository.
#
#   tests/pack/browser.sh
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
home="${PACK_TEST_DIR:-$root/target/axe}"

if ! command -v chromium >/dev/null; then
    apt-get update -qq
    apt-get install --yes --no-install-recommends chromium
fi
command -v npm >/dev/null || apt-get install --yes --no-install-recommends npm
if [ ! -f "$home/node_modules/axe-core/axe.min.js" ]; then
    mkdir -p "$home"
    npm install --prefix "$home" --ignore-scripts --no-save --no-audit --no-fund --silent 'axe-core@4'
fi
echo "chromium and axe-core are installed; cargo test --test pack"
