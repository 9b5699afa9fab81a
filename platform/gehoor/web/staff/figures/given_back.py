"""Giving back what somebody typed, where what it was typed for is not there any more: nothing that is typed is lost."""

from __future__ import annotations

from flask import abort, render_template


def given_back(text: str, title: str, back: str, onward: str, why: str = "") -> tuple[str, int]:
    """Return a page with a text that cannot be kept, for who wants to take it over. ``title``: what is not there any
    more; ``back`` and ``onward``: where one goes on, and what that is called; ``why``: what happened; empty: what is
    agreed was changed. Answers 404 where nothing was typed."""
    if not text:
        abort(404)
    page = render_template("staff/given_back.html", text=text, title=title, back=back, onward=onward, why=why)
    return page, 409
