"""What is typed, without what nobody types: U+0000 is no sign of any text, and no register can keep it."""

from __future__ import annotations

from typing import IO, TypeAlias

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser

_NUL = "\0"
_Parsed: TypeAlias = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class _Parser(FormDataParser):
    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> _Parsed:
        left, form, files = super().parse(stream, mimetype, content_length, options)
        if any(_NUL in name or _NUL in value for name, value in form.items(multi=True)):
            form = ImmutableMultiDict(
                (name.replace(_NUL, ""), value.replace(_NUL, "")) for name, value in form.items(multi=True)
            )
        return left, form, files


class _TypedRequest(Request):
    form_data_parser_class = _Parser


def install(app: Flask) -> None:
    """Read the forms of every page so."""
    app.request_class = _TypedRequest
