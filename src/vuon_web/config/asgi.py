"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuon_web.config.settings")

django = get_asgi_application()

# After Django is set up, since apps are read.
from vuon_web.practice.pulses import answering  # noqa: E402

application = answering(django)
