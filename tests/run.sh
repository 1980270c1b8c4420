#!/bin/sh
# All tests, on SQLite; then those that touch the database once more, on PostgreSQL if it is there.
# Called by ./vuon test. With arguments only what they name, once.
set -eu
if [ $# -gt 0 ]; then exec .venv/bin/python -m pytest "$@"; fi
.venv/bin/python -m pytest -n auto --dist loadgroup
VUON_TEST_POSTGRES=1 .venv/bin/python -m pytest -n auto -p no:doctest tests/web tests/properties
