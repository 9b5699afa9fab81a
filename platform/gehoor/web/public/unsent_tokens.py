"""Which forms a browser is filling in: it holds a token for each, and nothing of what was typed."""

from __future__ import annotations

from flask import session

_HELD = "unsent"
_MOST = 3
"""How many forms a browser may be busy with; of more, the first is let go."""


def token_of(organisation: str, department: str, form: str) -> str:
    """Return the token of the form that this browser is filling in; empty when there is none."""
    held: dict[str, str] = session.get(_HELD, {})
    return held.get(_name(organisation, department, form), "")


def hold_token(organisation: str, department: str, form: str, token: str) -> None:
    """Let the browser hold the token of a form that it begins on, or goes on with."""
    name = _name(organisation, department, form)
    others = {key: value for key, value in session.get(_HELD, {}).items() if key != name}
    session[_HELD] = {**dict(list(others.items())[1 - _MOST :]), name: token}


def drop_token(organisation: str, department: str, form: str) -> None:
    """Take the token of a form away from the browser."""
    name = _name(organisation, department, form)
    session[_HELD] = {key: value for key, value in session.get(_HELD, {}).items() if key != name}


def drop_all() -> list[str]:
    """Take every token away from the browser; returns them."""
    held: dict[str, str] = session.pop(_HELD, {})
    return list(held.values())


def _name(*parts: str) -> str:
    return "/".join(parts)
