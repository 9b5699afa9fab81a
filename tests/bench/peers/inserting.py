"""Bare Flask: a form is judged and kept durably in one insert, and nothing else is done. ``BENCH_SCHEMA`` names a file
with a JSON Schema to judge by; without it there are a few checks written by hand."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from threading import local
from typing import Any

from flask import Flask, Response, abort, redirect, request
from jsonschema import Draft202012Validator

app = Flask("inserting")
_here = local()
_file = os.environ.get("BENCH_DATABASE", ":memory:")
_schema = os.environ.get("BENCH_SCHEMA")
_validator = Draft202012Validator(
    json.loads(Path(_schema).read_text("utf-8")) if _schema else {},
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def database() -> sqlite3.Connection:
    """Return the connection of this thread."""
    if not hasattr(_here, "database"):
        _here.database = sqlite3.connect(_file, isolation_level=None, timeout=30)
        for sql in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
            _here.database.execute(sql)
        _here.database.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, body TEXT)")
    return _here.database


@app.get("/")
def here() -> str:
    """Say that the site is there."""
    return "here"


@app.post("/")
def take() -> Any:
    """Keep what somebody sent."""
    given: dict[str, Any] = request.form.to_dict()
    key = given.pop("sleutel")
    wrong = not _validator.is_valid(given) if _schema else not _plausible(given)
    if wrong:
        abort(Response("no", 422))
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO kept VALUES (?, ?)", (key, json.dumps(given)))
    connection.execute("COMMIT")
    return redirect("/", 303)


def _plausible(given: dict[str, str]) -> bool:
    return all(len(value) < 20_000 for value in given.values()) and "@" in given.get("v_klager_email", "@")
