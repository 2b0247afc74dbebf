#!/usr/bin/env bash
# Every check that needs no test run. All are made, also after one failed; the exit code says whether all held.
set -uo pipefail
failed=0

check() {
    echo "— $*"
    ".venv/bin/$@" || failed=1
}

export DJANGO_SETTINGS_MODULE=intellimeter.settings.test
check ruff format --check .
check ruff check .
check mypy .
check lint-imports --no-cache
check python manage.py makemigrations --check --dry-run
check python manage.py spectacular --fail-on-warn --validate --file /dev/null
exit $failed
