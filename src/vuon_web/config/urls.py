"""Every address of the product; each app brings its own under the noun of its stage."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("vuon_web.ui.urls")),
    path("", include("vuon_web.accounts.urls")),
    path("staff/", include("vuon_web.accounts.staff_urls")),
    path("", include("vuon_web.labs.urls")),
    path("challenges/", include("vuon_web.challenges.urls")),
    path("evidence/", include("vuon_web.evidence.urls")),
    path("journeys/", include("vuon_web.journeys.urls")),
    path("systems/", include("vuon_web.systems.urls")),
    path("futures/", include("vuon_web.futures.urls")),
    path("ideas/", include("vuon_web.ideas.urls")),
    path("trials/", include("vuon_web.trials.urls")),
    path("desk/", include("vuon_web.cases.urls")),
    path("practice/", include("vuon_web.practice.urls")),
    path("activities/", include("vuon_web.activities.urls")),
]

handler403 = "vuon_web.ui.errors.forbidden"
handler404 = "vuon_web.ui.errors.missing"
handler500 = "vuon_web.ui.errors.broken"
handler400 = "vuon_web.ui.errors.bad"
