"""The page of a form that nobody has filled in yet: made once, as it is the same for everyone but for its key.

Nothing of a visitor is kept. What is kept belongs to an agreement, by its hash: another agreement has another page.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from flask import Flask, current_app, g, request

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.form import Form
from gehoor.web.request.languages import asked

Page = Callable[[str], str]
"""Renders the page, given the key of the form."""

# A private-use character that stands in for the key. A page that has it already is not kept.
_KEY: Final = "\ue003"
_KEPT: Final = 200
"""How many pages are kept, at some 50 kB each: the forms of fifty departments in four languages."""
_NAME: Final = "gehoor-empty-forms"


class EmptyForms:
    """The pages that were made, each in the part before its key and the one after."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], tuple[bytes, bytes]] = OrderedDict()
        self._lock = Lock()

    def page(self, name: tuple[str, ...], key: str, render: Page) -> bytes:
        """Return a page by its name, with a key put in, as it is sent."""
        parts = self._pages.get(name)
        if parts is None:
            before, _, after = render(_KEY).partition(_KEY)
            if not after or _KEY in after:
                return render(key).encode()
            parts = before.encode(), after.encode()
            with self._lock:
                self._pages[name] = parts
                if len(self._pages) > _KEPT:
                    self._pages.popitem(last=False)
        # Letters, digits, dashes, underscores and dots: there is nothing to escape.
        return b"".join((parts[0], key.encode(), parts[1]))


def install(app: Flask) -> None:
    """Begin to keep the pages of this application."""
    app.extensions[_NAME] = EmptyForms()


def empty_form(agreement: Agreement, form: Form, key: str, render: Page) -> str | bytes:
    """Return the page of a form without answers.

    A draft says on every page how its files stand now, and the links to other languages repeat what else was asked
    for in the address: such a page is made each time.
    """
    if "draft" in g or request.query_string:
        return render(key)
    pages: EmptyForms = current_app.extensions[_NAME]
    return pages.page((agreement.hash, form.id, asked(), request.script_root), key, render)
