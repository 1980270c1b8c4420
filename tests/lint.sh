#!/bin/sh
# What can be said about the sources without running them. Called by ./vuon lint.
set -eu
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/lint-imports --no-cache
$bin/djlint --quiet --lint src/vuon_web
$bin/codespell src tests docs frontend/src benchmarks ./*.md
(cd frontend && node_modules/.bin/tsc --noEmit && node_modules/.bin/biome check src)
echo "lint: nothing to say"
