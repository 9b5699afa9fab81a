"""What is typed, in one Unicode form and without what nobody types: some keyboards send "é" as two signs, U+0000 is no
sign of any text, and a text of signs that nobody sees says nothing."""

from __future__ import annotations

from typing import IO, TypeAlias

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.utils import cached_property

from gehoor.core.text.normalise import composed, visible

_NUL = "\0"
_Parsed: TypeAlias = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


def _typed(text: str) -> str:
    plain = composed(text.replace(_NUL, ""))
    return plain if visible(plain) else ""


class _Parser(FormDataParser):
    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> _Parsed:
        left, form, files = super().parse(stream, mimetype, content_length, options)
        if not all(
            name.isascii() and value.isascii() and _NUL not in value for name, value in form.items(multi=True)
        ):
            form = ImmutableMultiDict((_typed(name), _typed(value)) for name, value in form.items(multi=True))
        return left, form, files


class _TypedRequest(Request):
    form_data_parser_class = _Parser

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What an address asks, read as a form is."""
        asked = super().args
        if all(
            name.isascii() and value.isascii() and _NUL not in value
            for name, value in asked.items(multi=True)
        ):
            return asked
        return ImmutableMultiDict((_typed(name), _typed(value)) for name, value in asked.items(multi=True))


def install(app: Flask) -> None:
    """Read the forms and the addresses of every page so."""
    app.request_class = _TypedRequest
