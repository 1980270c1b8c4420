"""Forty teams in one ward: time of a move, while their other phones poll; time of a debrief."""

from __future__ import annotations

import http.cookiejar
import random
import re
import statistics
import threading
import time
import urllib.parse
import urllib.request

from benchmarks._served import served

TEAMS, POLLING, SECONDS = 40, 40, 40
#: Seconds between two moves of one team. In a room it is about a hundred.
PACES = (20.0, 7.0)
BEANS = {"beans-words": 9, "beans-data": 5, "beans-load": 4, "beans-extra": 2}
MOVES = ("observe", "interviews", "shadow", "cards", "tickets", "meeting", "ontime", "draft")


class Phone:
    """A browser that keeps cookies and sends forms."""

    def __init__(self, root: str) -> None:
        self.root, jar = root, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.page, self.address = "", ""

    def get(self, path: str) -> float:
        started = time.perf_counter()
        address = path if path.startswith("http") else self.root + path
        with self.opener.open(address, timeout=60) as answer:
            self.page, self.address = answer.read().decode(), answer.url
        return time.perf_counter() - started

    def post(self, path: str, **fields: object) -> float:
        found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.page)
        at = re.search(r'name="at" value="(\d+)"', self.page)
        assert found
        sent = {"csrfmiddlewaretoken": found[1], **({"at": at[1]} if at else {}), **fields}
        started = time.perf_counter()
        body = urllib.parse.urlencode(sent).encode()
        address = path if path.startswith("http") else self.root + path
        with self.opener.open(address, body, timeout=60) as answer:
            self.page, self.address = answer.read().decode(), answer.url
        return time.perf_counter() - started


def team(phone: Phone, until: float, pace: float, times: list[float]) -> None:
    """Make a move at this pace; the time until its material is there counts."""
    luck = random.Random(id(phone))
    time.sleep(luck.random() * pace)
    base = phone.address.rsplit("/look", 1)[0]
    for move in MOVES:
        if time.perf_counter() > until:
            return
        phone.get(f"{base}/moves/{move}/")
        if 'name="at"' not in phone.page:
            continue
        times.append(phone.post(f"{base}/moves/{move}/", choice="alone"))
        time.sleep(luck.uniform(0.5, 1.5) * pace)


def poll(phone: Phone, until: float, times: list[float]) -> None:
    """Ask every two seconds, as a teammate's phone does."""
    base = phone.address.rsplit("/look", 1)[0]
    while time.perf_counter() < until:
        times.append(phone.get(f"{base}/pulse/"))
        time.sleep(2)


def begun(root: str) -> Phone:
    """A phone with a game of its own."""
    phone = Phone(root)
    phone.get("/practice/song-an/guess/")
    phone.post("/practice/song-an/guess/", mode="full", **BEANS)
    return phone


def played(root: str, pace: float) -> tuple[list[float], list[float]]:
    """Seconds of every move and of every poll while all teams play at this pace."""
    phones, mates = [begun(root) for _ in range(TEAMS)], []
    for phone in phones[:POLLING]:
        mate = Phone(root)
        mate.opener, mate.address = phone.opener, phone.address
        mates.append(mate)
    moves: list[float] = []
    polls: list[float] = []
    until = time.perf_counter() + SECONDS
    threads = [threading.Thread(target=team, args=(p, until, pace, moves)) for p in phones]
    threads += [threading.Thread(target=poll, args=(p, until, polls)) for p in mates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return moves, polls


def main() -> None:
    """Print the table and the seconds of a debrief."""
    with served() as server:
        root = server.root.rstrip("/")
        print(
            f"{TEAMS} teams and {POLLING} more phones that poll every 2 s; on two cores, which the "
        )
        print("visitors use too. A move is its form and the page with its material.\n")
        print(
            "| a team moves every | what | how many | median ms | p95 ms |\n|---|---|---|---|---|"
        )
        for pace in PACES:
            for name, times in zip(("move (limit 300)", "poll"), played(root, pace), strict=True):
                cut = statistics.quantiles(times, n=20)
                print(
                    f"| {pace:.0f} s | {name} | {len(times)} | {1000 * cut[9]:.0f} "
                    f"| {1000 * cut[18]:.0f} |"
                )
        print(f"\nA debrief with the best possible, first time: {debrief(root):.1f} s (limit 10).")


def debrief(root: str) -> float:
    """Seconds of the first debrief of a game, while nobody else plays."""
    phone = begun(root)
    base = phone.address.rsplit("/look", 1)[0]
    phone.get(f"{base}/ideas/")
    phone.post(f"{base}/try/", ideas="checklist", predicted=50)
    phone.get(f"{base}/decide/")
    phone.post(f"{base}/decide/", decision="adopt", ideas="checklist")
    return phone.get(f"{base}/debrief/")
