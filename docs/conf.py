"""How the manual is built:  ./vuon docs  (also: ./vuon docs doctest, ./vuon docs gettext)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src")]

# Tables of permissions and tiers come from the product itself; nothing of it is kept.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuon_web.config.settings")
os.environ["VUON_SECRET_KEY"] = "manual"  # noqa: S105 - signs nothing
os.environ["VUON_DATA"] = tempfile.gettempdir()
import vuon  # noqa: E402

project = "Vuon"
author = "the people who make Vuon"
release = version = vuon.__version__

extensions = ["myst_parser", "sphinx.ext.doctest", "from_the_code"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_ext"]
nitpicky = True

# English is the source. `./vuon docs gettext` writes the sentences to translate; Vietnamese goes
# into locale/vi/LC_MESSAGES/manual.po and is built with  sphinx -D language=vi.
language = "en"
locale_dirs = ["locale"]
gettext_compact = "manual"
gettext_uuid = False

html_theme = "furo"
html_title = "Vuon"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#1e6b45",
        "color-brand-content": "#1e6b45",
        "color-background-primary": "#fbf8f1",
        "color-background-secondary": "#f4f0e4",
        "font-stack": "system-ui, sans-serif",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8dbb5f",
        "color-brand-content": "#8dbb5f",
    },
}
