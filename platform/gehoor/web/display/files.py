"""Files that a page gives."""

from __future__ import annotations

from typing import Final

from werkzeug.wrappers import Response

from gehoor.core.text.normalise import normalised_words

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDINGS: Final = {"txt": "utf-8.csv"}
"""What a file is called that is plain CSV: the other kind has the ending that sheet programmes open."""

_LONGEST: Final = 120
"""A longer name is cut off: a folder and its path have to fit before it."""


def name_of(*said: str) -> str:
    """Return what a file is called that holds this: its words, in signs that every system knows."""
    plain = (word.encode("ascii", "ignore").decode() for one in said for word in normalised_words(one))
    name = "-".join(word for word in plain if word)
    return name if len(name) <= _LONGEST else name[:_LONGEST].rpartition("-")[0]


def as_file(content: bytes, media: str, name: str, kind: str) -> Response:
    """Return an answer that a browser keeps as a file."""
    answer = Response(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{_ENDINGS.get(kind, kind)}"'
    return answer
