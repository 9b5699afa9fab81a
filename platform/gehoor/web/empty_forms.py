"""The page of a form that nobody has filled in yet: made once, as it is the same for everyone but for two texts.

Nothing of a visitor is kept. What is kept belongs to an agreement, by its hash: another agreement has another page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf

from gehoor.core.agreement import Agreement
from gehoor.core.forms import Form
from gehoor.web.languages import asked

Page = Callable[[str, Callable[[], str]], str]
"""Renders the page, given the key of the form and what gives the token that guards it against being sent elsewhere."""

# Private-use characters that stand in for those two. A page that has them already is not kept.
_KEY: Final = "\ue003"
_GUARD: Final = "\ue004"
_KEPT: Final = 200
"""How many pages are kept, at some 50 kB each: the forms of fifty departments in four languages."""
_NAME: Final = "gehoor-empty-forms"


class EmptyForms:
    """The pages that were made, each in the parts between what differs."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], tuple[str, str, str]] = OrderedDict()
        self._lock = Lock()

    def page(self, name: tuple[str, ...], key: str, render: Page) -> str:
        """Return a page by its name, with a key and the token of this visitor put in."""
        parts = self._pages.get(name)
        if parts is None:
            parts = _cut(render(_KEY, lambda: _GUARD))
            if parts is None:
                return render(key, generate_csrf)
            with self._lock:
                self._pages[name] = parts
                if len(self._pages) > _KEPT:
                    self._pages.popitem(last=False)
        # Both are letters, digits, dashes, dots and underscores: there is nothing to escape.
        return f"{parts[0]}{generate_csrf()}{parts[1]}{key}{parts[2]}"


def install(app: Flask) -> None:
    """Begin to keep the pages of this application."""
    app.extensions[_NAME] = EmptyForms()


def empty_form(agreement: Agreement, form: Form, key: str, render: Page) -> str:
    """Return the page of a form without answers.

    A draft says on every page how its files stand now, and the links to other languages repeat what else was asked
    for in the address: such a page is made each time.
    """
    if "draft" in g or request.query_string:
        return render(key, generate_csrf)
    pages: EmptyForms = current_app.extensions[_NAME]
    return pages.page((agreement.hash, form.id, asked(), request.script_root), key, render)


def _cut(page: str) -> tuple[str, str, str] | None:
    """Cut a page at the two stand-ins; None when they do not stand there once each, the token first."""
    if page.count(_KEY) != 1 or page.count(_GUARD) != 1:
        return None
    before, _, rest = page.partition(_GUARD)
    between, found, after = rest.partition(_KEY)
    return (before, between, after) if found else None
