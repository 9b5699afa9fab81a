"""Reports as PDF with a structure that can be read aloud: made by Typst, where that is installed."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from gehoor.adapters.documents.report_layout import laid_out
from gehoor.adapters.documents.typst_letters import can_bedrawn
from gehoor.adapters.documents.typst_signs import Signs, compiled, drawn
from gehoor.core.figures.report_document import ReportDocument


@cache
def _template() -> bytes:
    return (files("gehoor.adapters.documents") / "report.typ").read_bytes()


class TypstReports:
    """Makes PDF documents of reports."""

    def __init__(self) -> None:
        self._signs = Signs()

    def pdf(self, document: ReportDocument) -> bytes:
        """Return a report as a tagged PDF document, with a box in the place of each sign that no font has, and without
        a logo that cannot be drawn."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        if document.logo and not can_bedrawn(document.logo):
            document = replace(document, logo=b"")
        try:
            return compiled(_template(), self._signs.shown(json.dumps(_said(document), ensure_ascii=False)))
        except typst.TypstError:
            if not document.logo:
                raise
            return self.pdf(replace(document, logo=b""))


def _said(document: ReportDocument) -> dict[str, Any]:
    paper = document.paper
    return {
        "title": drawn(document.title),
        "organisation": drawn(paper.organisation or document.subtitle),
        "version": drawn(paper.version),
        "facts": [
            {"name": drawn(name), "said": list(map(drawn, said.split("\n")))} for name, said in paper.facts
        ],
        "notes": [drawn(one) for one in document.notes if one not in paper.told],
        "language": document.language,
        "digest": document.digest,
        "color": document.color,
        "logo": list(document.logo),
        "logo-says": drawn(document.logo_says),
        "words": {
            name: drawn(getattr(paper, name))
            for name in ("contents", "how", "where", "tables", "page", "counts")
        },
        **laid_out(document),
    }


def report_printer() -> TypstReports | None:
    """Return who makes reports as PDF; None where Typst is not installed."""
    return TypstReports() if find_spec("typst") is not None else None
