#!/bin/sh
# All tests: on SQLite; in the browser, by themselves, since its driver runs an event loop in which
# Django's database may not be used; then what touches the database once more, on PostgreSQL.
# Called by ./vuon test. With arguments only what they name, once.
set -eu
test="${PYTHON:-.venv/bin/python} -m pytest"
if [ $# -gt 0 ]; then exec $test "$@"; fi
$test -n auto -m "not browser"
$test -n auto tests/browser
VUON_TEST_POSTGRES=1 $test -n auto tests/web tests/properties
