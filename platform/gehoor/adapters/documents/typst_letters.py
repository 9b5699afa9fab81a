"""Letters as PDF with a structure that can be read aloud: made by Typst, where that is installed."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from gehoor.core.letters.paper import PaperLetter


@cache
def _template() -> bytes:
    return (files("gehoor.adapters.documents") / "letter.typ").read_bytes()


class TypstLetters:
    """Makes PDF documents of letters. Typst is loaded when the first is made: it is large."""

    def pdf(self, letter: PaperLetter) -> bytes:
        """Return a letter as a tagged PDF document."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        data = {
            "language": letter.language,
            "subject": letter.subject,
            "blocks": [{"kind": block.kind.value, "lines": list(block.lines)} for block in letter.blocks],
            "sender": list(letter.sender),
            "day": letter.day,
            "number": letter.number,
        }
        made = typst.compile(
            _template(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(data)},
            pdf_standards=["ua-1"],
        )
        if not isinstance(made, bytes):
            raise AssertionError("a letter is one document")
        return made


def letter_printer() -> TypstLetters | None:
    """Return who makes letters as PDF; None where Typst is not installed."""
    return TypstLetters() if find_spec("typst") is not None else None
