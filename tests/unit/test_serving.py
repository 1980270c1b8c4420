"""Who can reach the server, as `vuon up` tells the settings."""

from __future__ import annotations

import argparse
import os

import pytest

from vuon_web.commands.serve import set_environment

ALL = ("VUON_ALONE", "VUON_COLLECTED", "VUON_HOSTS", "VUON_SECURE")


@pytest.mark.parametrize(
    ("host", "given", "alone"),
    [
        ("127.0.0.1", {}, "1"),
        ("localhost", {"VUON_SECURE": "0", "VUON_HOSTS": " "}, "1"),
        ("0.0.0.0", {}, "0"),
        # behind a web server on the same machine everybody comes from 127.0.0.1
        ("127.0.0.1", {"VUON_HOSTS": "lab.example.org"}, "0"),
        ("127.0.0.1", {"VUON_SECURE": "1"}, "0"),
    ],
)
def test_at_this_computer_only_where_nobody_else_can_be(
    host: str, given: dict[str, str], alone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lab behind a web server takes nobody for the person at the keyboard."""
    for name in ALL:
        monkeypatch.setenv(name, given.get(name, ""))
    set_environment(argparse.Namespace(data=None), host)
    assert os.environ["VUON_ALONE"] == alone
