#!/usr/bin/env bash
# The checks, then the tests on SQLite and on PostgreSQL: TEST_POSTGRES_URL's, else one on this machine that lets us in. Without
# any, a person's run says so and goes on; CI's fails. All are run, also after one failed; what failed is named at the end.
set -uo pipefail
postgres=${TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1/intellimeter}
failed=()

postgres_answers() {
    .venv/bin/python - "$postgres" 2>/dev/null <<'PYTHON'
import sys, environ, psycopg2
at = environ.Env.db_url_config(sys.argv[1])
psycopg2.connect(host=at["HOST"], port=at["PORT"] or 5432, user=at["USER"], password=at["PASSWORD"], dbname="postgres", connect_timeout=5)
PYTHON
}

run_tests() { .venv/bin/pytest --numprocesses 2 --dist loadgroup --durations 10 --durations-min 1; }

scripts/lint.sh || failed+=(checks)

databases=(SQLite PostgreSQL)
if ! postgres_answers; then
    databases=(SQLite)
    echo "No tests on PostgreSQL: none answers here. TEST_POSTGRES_URL=postgres://user:password@host/name names one."
    if [ "${CI:-}" = true ]; then failed+=("PostgreSQL (CI needs it)"); fi
fi
for database in "${databases[@]}"; do
    echo "— Tests on $database"
    if [ "$database" = SQLite ]; then unset DATABASE_URL; else export DATABASE_URL=$postgres; fi
    run_tests || failed+=("tests on $database")
done

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}"
    exit 1
fi
