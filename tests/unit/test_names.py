"""Old and new names: what a written name means at its date and today."""

import importlib.util
import time
from collections import Counter
from datetime import date

import pytest

from vuon import vietnamese
from vuon.challenges import names
from vuon.challenges.own_tables import read_table
from vuon.challenges.units import communes, tokens, units
from vuon.errors import VuonError

THEN = date(2022, 6, 1)


def test_the_register_is_complete_and_closed():
    known = units()
    provinces = [unit for unit in known.values() if unit.kind == "province"]
    present = [unit for unit in provinces if not unit.until]
    assert Counter(unit.rank for unit in present) == {"thành phố": 6, "tỉnh": 28}
    ended = [unit for unit in provinces if unit.until == date(2025, 6, 30)]
    assert len(ended) == 29
    ministries = [unit for unit in known.values() if unit.kind == "ministry" and not unit.until]
    assert len(ministries) == 17
    for unit in known.values():
        assert unit.source and unit.checked
        assert bool(unit.until) == bool(unit.now), unit.key
        assert all(key in known for key in (*unit.now, *unit.also, *(u.unit for u in unit.under)))
        assert all(not after.until for after in names.present(unit)), unit.key
        assert not unit.since or not unit.until or unit.since <= unit.until


def test_communes_are_3321_in_34_provinces():
    kinds = Counter(unit.kind for unit in communes().values())
    assert kinds == {"commune": 2621, "ward": 687, "zone": 13}
    present = {unit.key for unit in units().values() if unit.kind == "province" and not unit.until}
    assert {unit.province for unit in communes().values()} == present


@pytest.mark.parametrize(
    ("text", "key", "now"),
    [
        ("Thua Thien Hue government", "thua-thien-hue", "Ủy ban nhân dân thành phố Huế"),
        ("Sở Nội vụ tỉnh Thừa Thiên Huế", "department-home-affairs@thua-thien-hue", "Sở Nội vụ thành phố Huế"),
        ("UBND tỉnh Quảng Nam", "quang-nam", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("Uỷ ban nhân dân tỉnh Hoà Bình", "hoa-binh", "Ủy ban nhân dân tỉnh Phú Thọ"),
        ("Da Nang Provincial People’s Committee", "da-nang", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("TP.HCM", "ho-chi-minh", "thành phố Hồ Chí Minh"),
        ("Saigon", "ho-chi-minh", "thành phố Hồ Chí Minh"),
        ("Hue", "thua-thien-hue", "thành phố Huế"),
        ("tỉnh Hà Tây", "ha-tay", "thành phố Hà Nội"),
        ("MPI", "ministry-planning-investment", "Bộ Tài chính"),
        ("Bộ KH&ĐT", "ministry-planning-investment", "Bộ Tài chính"),
        ("Ministry of Transport", "ministry-transport", "Bộ Xây dựng"),
        ("MONRE", "ministry-natural-resources-environment", "Bộ Nông nghiệp và Môi trường"),
        ("Ministry of Information and Communication (MIC)", "ministry-information-communications", "Bộ Khoa học và Công nghệ"),
        ("MOLISA", "ministry-labour", "Bộ Nội vụ"),
        ("Da Nang Department of Planning and Investment", "department-planning-investment@da-nang", "Sở Tài chính thành phố Đà Nẵng"),
        ("the National Innovation Centre (NIC)", "national-innovation-center", "Trung tâm Đổi mới sáng tạo Quốc gia"),
        ("Vietnam Women's Union", "womens-union", "Hội Liên hiệp Phụ nữ Việt Nam"),
        ("đặc khu Phú Quốc", "an-giang/zone/phu-quoc", "đặc khu Phú Quốc, tỉnh An Giang"),
        ("xã Phú Hữu, Cần Thơ", "can-tho/commune/phu-huu", "xã Phú Hữu, thành phố Cần Thơ"),
        ("Hai Chau ward", "da-nang/ward/hai-chau", "phường Hải Châu, thành phố Đà Nẵng"),
    ],
)  # fmt: skip
def test_a_written_name_means_a_dated_unit_with_a_present_name(text, key, now):
    found = names.resolve(text, THEN)
    assert found is not None
    assert (found.key, found.vi) == (key, now)
    assert found.written == text


def test_the_old_label_is_kept_in_the_note():
    found = names.resolve("Thua Thien Hue", THEN)
    assert found and found.note
    assert found.note.fields["old"].say("vi") == "Thừa Thiên Huế"
    assert found.note.fields["new"].say("vi") == "thành phố Huế"
    moved = names.resolve("National Innovation Center", THEN)
    assert moved and moved.note
    assert moved.note.fields["new"].say("vi") == "Bộ Tài chính"


@pytest.mark.parametrize(
    "text",
    ["", "Phường Sông An", "Ministry of Health of Kenya", "xã Phú Hữu", "Department of Nothing",
     "Hà Nôi", "Nghé An", "We worked with Hue and Da Nang on many things"],
)  # fmt: skip
def test_what_is_unknown_foreign_shared_or_misspelt_is_not_guessed(text):
    assert names.resolve(text, THEN) is None


def test_a_university_is_known_by_its_head_and_placed_by_its_name():
    found = names.resolve("Hanoi Law University")
    assert found and (found.kind, found.province, found.key) == ("university", "ha-noi", "")


def test_every_present_and_former_name_resolves_to_itself():
    for unit in units().values():
        for name in (unit.vi, unit.en):
            found = names.resolve(name, unit.until)
            assert found is not None, name
            again = units().get(found.key.split("@")[0])
            assert (again and unit.key in (again.key, *again.now, *unit.now)) or name in (
                again.vi, again.en,
            ), (name, found.key)  # fmt: skip


def test_names_are_found_inside_a_text_with_their_places():
    text = (
        "Họp với Sở Y tế thành phố Đà Nẵng và UBND tỉnh Quảng Nam; HUE; the most of it, hòa bình."
    )
    found = [(text[span.start : span.end], span.resolution.key) for span in names.find(text, THEN)]
    assert found == [
        ("Sở Y tế thành phố Đà Nẵng", "department-health@da-nang"),
        ("UBND tỉnh Quảng Nam", "quang-nam"),
        ("HUE", "thua-thien-hue"),
    ]


def test_an_acronym_that_is_a_word_needs_brackets():
    text = "from MOST to LEAST important; the ministry (MOST)"
    assert [span.start for span in names.find(text)] == [text.index("(MOST") + 1]


def test_search_finds_the_present_place_and_keeps_the_old_label():
    best = names.search("Quang Nam")[0]
    assert best.present == ("da-nang",)
    assert best.label.fields["old"].say("vi") == "tỉnh Quảng Nam"
    assert names.search("phuong hai chau")[0].province == "da-nang"
    assert names.search("ke hoach va dau tu")[0].vi == "Bộ Tài chính"
    assert names.search("  ") == []


def test_search_answers_while_somebody_types():
    names.search("warm")
    times = []
    for query in (
        "q",
        "qu",
        "quang",
        "quang nam",
        "phuong",
        "xa",
        "bo",
        "so noi vu",
        "da n",
        "zz",
    ) * 5:
        begun = time.perf_counter()
        names.search(query)
        times.append(time.perf_counter() - begun)
    # A wide band: the aim of 5 ms is measured by the benchmark, a slow machine must not fail this.
    assert sorted(times)[len(times) * 95 // 100] < 0.05


TABLE = """name,kind,province,until,now,now_kind,now_province
Nại Hiên Đông,phường,Đà Nẵng,2025-06-30,Sơn Trà,phường,Đà Nẵng
Bản Mẫu,thị trấn,Quảng Nam,2025-06-30,Hải Châu,phường,Đà Nẵng
Bản Mẫu,thị trấn,Quảng Nam,2025-06-30,Sơn Trà,phường,Đà Nẵng
"""


def test_a_lab_adds_its_own_table():
    more = read_table(TABLE)
    found = names.resolve("phường Nại Hiên Đông", THEN, more)
    assert found and found.vi == "phường Sơn Trà, thành phố Đà Nẵng"
    divided = names.resolve("thị trấn Bản Mẫu", THEN, more)
    assert divided and len(divided.present) == 2
    assert [span.resolution.kind for span in names.find("ở phường Nại Hiên Đông", THEN, more)] == [
        "ward"
    ]
    assert names.search("nai hien dong", more=more)[0].province == "da-nang"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("name,kind\n", "names.columns", 1), (TABLE.replace("2025-06-30,Hải", "soon,Hải"), "names.row", 3),
     (TABLE.replace("thị trấn", "làng"), "names.row", 3)],
)  # fmt: skip
def test_a_table_with_a_mistake_says_where(text, code, line):
    with pytest.raises(VuonError) as caught:
        read_table(text, "own.csv")
    assert (caught.value.code, caught.value.where.line) == (code, line)


def _same(name: str) -> tuple[tuple[str, int], ...]:
    """A name with its marks, wherever the tone is placed, without its rank."""
    ranks = ("Thành phố ", "Tỉnh ", "Thủ đô ")
    bare = next((name.removeprefix(rank) for rank in ranks if name.startswith(rank)), name)
    return tuple(word.spelt for word in tokens(bare))


@pytest.mark.skipif(
    importlib.util.find_spec("vietnam_provinces") is None,
    reason="vietnam-provinces is not installed",
)
def test_the_table_agrees_with_vietnam_provinces():
    import json

    from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

    theirs = {
        (_same(province["name"]), _same(ward["name"]))
        for province in json.loads(NESTED_DIVISIONS_JSON_PATH.read_text("utf-8"))
        for ward in province["wards"]
    }
    assert len(theirs) == 3321
    assert theirs == _ours()


@pytest.mark.skipif(
    importlib.util.find_spec("vietnamadminunits") is None,
    reason="vietnamadminunits is not installed",
)
def test_the_table_agrees_with_vietnamadminunits():
    import sqlite3
    from pathlib import Path

    place = importlib.util.find_spec("vietnamadminunits")
    assert place and place.origin
    base = sqlite3.connect(Path(place.origin).with_name("data") / "dataset.db")
    rows = base.execute("select provinceShort, ward from admin_units").fetchall()
    base.close()
    assert {(_same(province), _same(ward)) for province, ward in rows} == _ours()


def _ours() -> set[tuple[tuple[tuple[str, int], ...], ...]]:
    words = {"ward": "phường", "commune": "xã", "zone": "đặc khu"}
    return {
        (_same(units()[unit.province].vi), _same(f"{words[unit.kind]} {unit.vi}"))
        for unit in communes().values()
    }


def test_marks_left_out_are_forgiven_and_wrong_marks_are_not():
    for unit in units().values():
        if unit.kind == "province" and not unit.until:
            plain = names.resolve(vietnamese.fold(unit.vi))
            assert plain and plain.present == (unit.key,)
