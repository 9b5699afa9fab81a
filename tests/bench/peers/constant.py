"""A site with one page that never changes: what a server costs by itself. ``BENCH_PAGE`` names the file with it."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

app = Flask("constant")
_page = Path(os.environ["BENCH_PAGE"]).read_text("utf-8")
app.add_url_rule("/", view_func=lambda: _page)
