"""TOML errors point at the place."""

import pytest

from vuon import toml
from vuon.errors import VuonError


def test_a_broken_line_is_shown_with_its_place():
    with pytest.raises(VuonError) as caught:
        toml.read('title = "Sông An"\nyear = 20 26\n', "plan.toml")
    where = caught.value.where
    assert (caught.value.code, where.file, where.line) == ("toml.syntax", "plan.toml", 2)
    assert where.text == "year = 20 26"
    assert "plan.toml:2" in caught.value.say("vi")


def test_an_open_end_is_shown_at_the_end():
    with pytest.raises(VuonError) as caught:
        toml.read("a = 1\nlist = [1,")
    assert caught.value.where.line == 2


def test_a_missing_file_and_a_wrong_encoding_are_told(tmp_path):
    with pytest.raises(VuonError) as caught:
        toml.read(tmp_path / "none.toml")
    assert caught.value.code == "toml.missing"
    (tmp_path / "old.toml").write_bytes('a = 1\nb = "Đà Nẵng"'.encode("utf-16-le"))
    with pytest.raises(VuonError) as caught:
        toml.read(tmp_path / "old.toml")
    assert caught.value.code in ("toml.encoding", "toml.syntax")
    (tmp_path / "latin.toml").write_bytes(b'a = 1\nb = "\xe9t\xe9"')
    with pytest.raises(VuonError) as caught:
        toml.read(tmp_path / "latin.toml")
    assert (caught.value.code, caught.value.where.line) == ("toml.encoding", 2)
