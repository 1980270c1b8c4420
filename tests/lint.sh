#!/bin/sh
# What can be said about sources and manual without running the product. Called by ./vuon lint.
set -eu
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/lint-imports --no-cache
$bin/python -m vuon.kernel.build --check src/vuon/journeys/kernel.json
$bin/djlint --quiet --lint src/vuon_web
$bin/codespell src tests docs frontend/src benchmarks ./*.md
$bin/python -m sphinx -q -W -b html docs docs/_build/html
(cd frontend && node_modules/.bin/tsc --noEmit && node_modules/.bin/biome check src)
echo "lint: nothing to say"
