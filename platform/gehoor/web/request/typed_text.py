"""What is typed, in one Unicode form and without what nobody types: some keyboards send "é" as two signs, signs that
steer a machine say nothing to people, and nor does a text of signs that nobody sees. A password is left as it is, but
for U+0000: it says nothing to anybody, and opens an account only as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final, TypeAlias

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.utils import cached_property

from gehoor.core.text.normalise import composed, visible
from gehoor.core.text.steering import steers, unsteered

_NUL = "\0"
_SECRET: Final = frozenset({"wachtwoord", "oud", "nieuw"})
_Parsed: TypeAlias = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


def _typed(name: str, text: str) -> str:
    plain = composed(text.replace(_NUL, "") if name in _SECRET else unsteered(text))
    return plain if visible(plain) else ""


def as_typed(value: Any) -> Any:
    """Return what a program sent as a form would have been read: each text in it, also names of members."""
    if isinstance(value, str):
        return _typed("", value)
    if isinstance(value, dict):
        return {_typed("", name): as_typed(one) for name, one in value.items()}
    return [as_typed(one) for one in value] if isinstance(value, list) else value


def _is_plain(asked: MultiDict[str, str]) -> bool:
    return all(one.isascii() and not steers(one) for pair in asked.items(multi=True) for one in pair)


def _all_typed(asked: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in asked.items(multi=True):
        known = _typed("", name)
        yield known, _typed(known, text)


def _named(name: str | None) -> bool:
    return name is not None


class _Parser(FormDataParser):
    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> _Parsed:
        left, form, files = super().parse(stream, mimetype, content_length, options)
        if None in form or None in files:
            # A part may come without a name. Nothing here asks for such.
            for name, one in files.items(multi=True):
                if not _named(name):
                    one.close()
            form = ImmutableMultiDict((name, text) for name, text in form.items(multi=True) if _named(name))
            files = ImmutableMultiDict((name, one) for name, one in files.items(multi=True) if _named(name))
        if not _is_plain(form):
            form = ImmutableMultiDict(_all_typed(form))
        return left, form, files


class _TypedRequest(Request):
    form_data_parser_class = _Parser

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What an address asks, read as a form is."""
        asked = super().args
        return asked if _is_plain(asked) else ImmutableMultiDict(_all_typed(asked))


def install(app: Flask) -> None:
    """Read the forms and the addresses of every page so."""
    app.request_class = _TypedRequest
