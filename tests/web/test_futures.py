"""What may come: signals as cards, drivers that set ranges, signposts, all ideas in one table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import Cast, Person
from tests.short_way import WAY
from tests.web.test_ideas import task, write  # noqa: F401
from tests.web.test_journeys import found_of

from vuon.futures.outlook import Watch
from vuon.ideas.file import read as read_idea
from vuon.ideas.file import write as write_idea
from vuon.toml.table import Text
from vuon_web.audit.models import Event
from vuon_web.challenges.models import Challenge
from vuon_web.futures import actions, queries
from vuon_web.ideas import exploring
from vuon_web.ideas import queries as ideas
from vuon_web.journeys import actions as maps

pytestmark = pytest.mark.django_db
SIGNAL = {"text": "Nhiều khu nhà mới được cấp phép xây", "field": "economic", "horizon": "soon",
          "source": "", "seen": ""}  # fmt: skip
DRIVER = {"label": "Dân số phường tăng", "signals": ["nhieu_khu_nha_moi_duoc_cap_phep_xay"],
          "uncertainty": "arrivals:per_day", "low": "5", "high": "45", "why": "Theo quy hoạch",
          "set_by": "Phòng Kinh tế"}  # fmt: skip


def watch(person: Person, task: Challenge, **other: object) -> Watch:  # noqa: F811
    """A draft of a signpost, as an idea proposes it."""
    made = Watch("draft", Text("số người đến", "how many come"), "arrivals:per_day", ">=", 40, 20,
                 "case/day")  # fmt: skip
    actions.propose(challenge=task, watches=[made], by=person.actor)
    (found,) = queries.watches_of(task)
    return found


@pytest.mark.view("futures:outlook", "works")
@pytest.mark.view("futures:new_signal", "works")
@pytest.mark.view("futures:signal", "works")
@pytest.mark.view("futures:act", "works")
def test_a_signal_is_kept_seen_again_changed_and_undone(cast: Cast, task: Challenge) -> None:  # noqa: F811
    person = cast.official
    assert person.get("futures:outlook", task.pk).status_code == 200
    assert person.get("futures:new_signal", task.pk).status_code == 200
    assert person.post("futures:new_signal", task.pk, **{**SIGNAL, "text": ""}).status_code == 422
    assert person.post("futures:new_signal", task.pk, **SIGNAL).status_code == 302
    (signal,) = queries.outlook_of(task).signals
    assert signal.light == "said"
    page = person.get("futures:outlook", task.pk)
    assert page.context["blind"] == 14
    near = {**SIGNAL, "text": "Nhiều khu nhà mới được cấp phép xây."}
    asked = person.post("futures:new_signal", task.pk, **near)
    assert asked.status_code == 200 and asked.context["same"]["signal"] == signal
    person.post("futures:act", task.pk, do="again", key=signal.key)
    assert queries.outlook_of(task).signals[0].again == (timezone.localdate(),)
    person.post("futures:new_signal", task.pk, another="1", **near)
    assert len(queries.outlook_of(task).signals) == 2
    sent = {**SIGNAL, "source": "Báo", "seen": "2026-11-02", "field": "political"}
    person.post("futures:signal", task.pk, signal.key, **sent)
    assert queries.outlook_of(task).signals[0].light == "measured"
    person.post("futures:act", task.pk, do="without", kind="signal", key=signal.key)
    assert len(queries.outlook_of(task).signals) == 1
    person.post("futures:act", task.pk, do="undo")
    assert len(queries.outlook_of(task).signals) == 2
    assert not any("khu nhà" in str(e.__dict__) for e in Event.objects.filter(kind="outlook"))


@pytest.mark.view("futures:new_driver", "works")
@pytest.mark.view("futures:driver", "works")
def test_a_driver_sets_a_range_or_is_a_story_only(cast: Cast, task: Challenge) -> None:  # noqa: F811
    person = cast.official
    person.post("futures:new_signal", task.pk, **SIGNAL)
    assert person.get("futures:new_driver", task.pk).status_code == 200
    story = {"label": "Một câu chuyện", "uncertainty": ""}
    assert person.post("futures:new_driver", task.pk, **story).status_code == 302
    assert queries.outlook_of(task).drivers[0].story_only
    maps.put(challenge=task, text=WAY, by=person.actor)
    for wrong, field in (({"low": "45"}, "high"), ({"low": "5 phút"}, "low"), ({"low": "x"}, "low"),
                         ({"set_by": ""}, "set_by"), ({"low": "-3"}, "low")):  # fmt: skip
        refused = person.post("futures:new_driver", task.pk, **{**DRIVER, **wrong})
        assert refused.status_code == 422 and field in refused.context["form"].errors, wrong
    sent = {**DRIVER, "low": "7,5"}
    assert person.post("futures:new_driver", task.pk, **sent).status_code == 302
    driver, signals = queries.setters_of(task)["arrivals:per_day"]
    assert (driver.low, driver.high, driver.set_on) == (7.5, 45, timezone.localdate())
    assert len(signals) == 1
    twice = person.post("futures:new_driver", task.pk, **sent)
    assert "uncertainty" in twice.context["form"].errors
    assert person.post("futures:driver", task.pk, driver.key, **DRIVER).status_code == 302
    shown = person.get("futures:outlook", task.pk).content.decode()
    assert "Phòng Kinh tế" in shown and "chỉ là câu chuyện" in shown


@pytest.mark.view("futures:signpost", "works")
@pytest.mark.view("futures:reading", "works")
def test_a_signpost_is_a_draft_until_somebody_watches(cast: Cast, task: Challenge) -> None:  # noqa: F811
    person = cast.official
    post = watch(person, task)
    assert "nháp" in person.get("futures:signpost", task.pk, post.key).content.decode()
    sent = {"source": "Sổ tiếp nhận", "owner": "Trung tâm", "every_days": "30",
            "then": "Mở thêm quầy", "lead_days": "60", "per_month": "2,5"}  # fmt: skip
    assert person.post("futures:signpost", task.pk, post.key, **sent).status_code == 302
    (found,) = queries.watches_of(task)
    assert not found.signpost.draft and found.signpost.threshold == 35
    assert person.get("futures:reading", task.pk, post.key).status_code == 200
    today = timezone.localdate()
    for back, value in ((20, "20"), (10, "36,5"), (0, "37")):
        read = {"value": value, "on": str(today - timedelta(days=back))}
        assert person.post("futures:reading", task.pk, post.key, **read).status_code == 302
        (found,) = queries.watches_of(task)
        assert found.signpost.status == ("crossed" if back == 0 else "far")
    later = {"value": "1", "on": str(today + timedelta(days=1))}
    assert person.post("futures:reading", task.pk, post.key, **later).status_code == 422
    line = person.get("challenges:challenge", task.pk).content.decode()
    assert "1 cột mốc đang báo" in line


@pytest.mark.view("ideas:watch", "works")
@pytest.mark.view("ideas:watch", "not yours")
@pytest.mark.view("ideas:together", "works")
@pytest.mark.view("ideas:together", "not yours")
def test_a_driver_is_explored_and_a_failing_idea_proposes_what_to_watch(
    cast: Cast,
    task: Challenge,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exploring, "SECONDS", 1e9)
    monkeypatch.setattr(exploring, "MOST", 128)
    person = cast.official
    maps.put(challenge=task, text=WAY, by=person.actor)
    person.post("futures:new_signal", task.pk, **SIGNAL)
    person.post("futures:new_driver", task.pk, **DRIVER)
    papers = []
    for name, share in (("Viết dễ hiểu", "90"), ("Hai bước", "70")):
        papers.append(write(person, task, name))
        sent = {"template": "plain_words", "part": "desk", "service_factor": share}
        person.post("ideas:common", task.pk, papers[-1].key, **sent)
    key = papers[0].key
    asked = {"kind": "wait", "threshold": "20"}
    page = person.get("ideas:futures", task.pk, key, **asked)
    (arrivals,) = [each for each in page.context["ranges"] if each["setter"]]
    assert arrivals["setter"]["by"] == "Phòng Kinh tế" and not arrivals["chosen"]
    assert page.context["clear"] and len(page.context["by_group"]) == 2
    for other in (cast.mentor, cast.outsider):
        assert other.post("ideas:watch", task.pk, key, **asked).status_code == 404
        assert other.get("ideas:together", task.pk).status_code == 404
    for _ in range(2):  # pressed twice
        assert person.post("ideas:watch", task.pk, key, **asked).status_code == 302
    posts = queries.watches_of(task, key)
    (post,) = [each for each in posts if each.variable == "arrivals:per_day"]
    assert post.op == ">=" and 20 < post.limit < 45 and post.signpost.draft
    told = person.get("ideas:together", task.pk, **asked).context
    assert "tables" not in person.get("ideas:together", task.pk).context
    assert [row["name"] for row in told["tables"][0]["rows"]] == [
        "Hiện nay", "Viết dễ hiểu", "Hai bước"]  # fmt: skip
    assert len(told["tables"]) == 3
    best = {
        c["label"]: r["name"] for r in told["tables"][0]["rows"] for c in r["cells"] if c["best"]
    }
    assert set(best.values()) == {"Hai bước"} and "Hai bước" in told["tables"][0]["agreement"]
    assert "không phải xác suất" in told["tables"][0]["caption"]


def test_a_rule_is_looked_at_again_when_a_signpost_says_so(cast: Cast, task: Challenge) -> None:  # noqa: F811
    person = cast.official
    post = watch(person, task)
    paper = write(person, task, "Bỏ một tờ")
    rule = {"article": "Điều 5", "text": "Bỏ", "review": "2027-06-01", "signpost": post.key}
    url = f"/ideas/{task.pk}/{paper.key}/changes/0/?kind=rule"
    assert person.client.post(url, rule).status_code == 302
    idea = ideas.idea_of(paper)
    assert read_idea(write_idea(idea)) == idea
    found = idea.changes[0].rule
    assert found and found.signpost == post.key
    assert found.when.en == "how many come reaches 40 cases/day or more"
    shown = person.get("ideas:idea", task.pk, paper.key).content.decode()
    assert f"Được xem lại khi {found.when.vi}, muộn nhất ngày" in shown
    person.post("futures:act", task.pk, do="without", kind="signpost", key=post.key)
    again = {**rule, "text": "Bỏ hẳn", "signpost": "-"}
    assert person.client.post(url.split("?")[0], again).status_code == 302
    kept = ideas.idea_of(paper).changes[0]
    assert kept.text.vi == "Bỏ hẳn" and kept.rule and kept.rule.when == found.when


def test_a_withdrawal_reaches_signals(cast: Cast, task: Challenge) -> None:  # noqa: F811
    person = cast.official
    quote = "con tôi sốt mà tôi phải quay lại lần thứ ba"
    found_of(task, person, quote)
    person.post("futures:new_signal", task.pk, **{**SIGNAL, "text": f"Có người kể “{quote}”"})
    assert task.corpus
    person.post("evidence:withdraw", task.corpus.sources.get().pk)
    assert quote not in person.get("futures:outlook", task.pk).content.decode()
    assert len(queries.outlook_of(task).signals) == 1


@pytest.mark.view("futures:outlook", "not yours")
@pytest.mark.view("futures:act", "not yours")
@pytest.mark.view("futures:new_signal", "not yours")
@pytest.mark.view("futures:signal", "not yours")
@pytest.mark.view("futures:new_driver", "not yours")
@pytest.mark.view("futures:driver", "not yours")
@pytest.mark.view("futures:signpost", "not yours")
@pytest.mark.view("futures:reading", "not yours")
def test_an_outlook_is_seen_and_changed_as_its_task_is(cast: Cast, task: Challenge) -> None:  # noqa: F811
    person = cast.official
    person.post("futures:new_signal", task.pk, **SIGNAL)
    person.post("futures:new_driver", task.pk, label="Một", uncertainty="")
    post = watch(person, task)
    before = queries.outlook_of(task)
    parts = (("outlook",), ("new_signal",), ("signal", before.signals[0].key), ("new_driver",),
             ("driver", before.drivers[0].key), ("signpost", post.key), ("reading", post.key),
             ("act",))  # fmt: skip
    for other in (cast.mentor, cast.outsider):
        for name, *args in parts:
            if name != "act":
                assert other.get(f"futures:{name}", task.pk, *args).status_code == 404, name
            if name != "outlook":
                sent = other.post(f"futures:{name}", task.pk, *args, do="undo", **SIGNAL)
                assert sent.status_code == 404, name
    assert queries.outlook_of(task) == before
