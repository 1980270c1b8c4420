"""A way with one desk and two groups of people: the shortest one that can run."""

from __future__ import annotations

WAY = """format = 1
id = "way"
title = { vi = "Đường đi" }
[calendar]
start = 2026-10-05
horizon_days = 7
[[calendar.opening]]
start = "07:30"
end = "11:30"
[[group]]
key = "young"
name = { vi = "Người trẻ" }
share = { value = 0.5 }
[[group]]
key = "old"
name = { vi = "Người già" }
share = { value = 0.5 }
[arrivals]
per_day = { value = 20, low = 15, high = 25 }
[[resource]]
key = "desks"
desks = 1
[[step]]
key = "desk"
title = { vi = "Quầy" }
kind = "desk"
resource = "desks"
service = { family = "exponential", mean = 10 }
"""
