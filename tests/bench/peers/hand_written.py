"""A page that someone wrote by hand, rendered for each visitor by Flask. ``BENCH_PAGE`` names its Jinja template,
``BENCH_VALUES`` a file with the answers in it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from flask import Flask

app = Flask("hand_written")
app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
_template = app.jinja_env.from_string(Path(os.environ["BENCH_PAGE"]).read_text("utf-8"))
_values = json.loads(Path(os.environ["BENCH_VALUES"]).read_text("utf-8"))


@app.get("/")
def page() -> str:
    """Render the page."""
    return _template.render(v=_values)
