"""The agreement as one page of HTML that stands on its own: to keep, to mail and to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Chapter, Item

_STYLE = """
body { max-width: 46rem; margin: 0 auto; padding: 1rem; font: 1.0625rem/1.55 system-ui, sans-serif; color: #1d2b2f; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h2 { margin-top: 2em; border-bottom: 1px solid #7d8a8d; }
li { margin-bottom: .3em; white-space: pre-line; overflow-wrap: break-word; }
li, h3 { break-inside: avoid; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } nav { display: none; } }
"""


def page(agreement: Agreement, chapters: tuple[Chapter, ...], notice: str = "") -> str:
    """Return the page: no script, nothing from elsewhere, one small style. ``notice`` stands on top."""
    return "\n".join(_page(agreement, chapters, notice))


def _page(agreement: Agreement, chapters: tuple[Chapter, ...], notice: str) -> Iterator[str]:
    title = escape(f"Afspraken van {agreement.department_name}")
    yield '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<p>{escape(agreement.organisation_name)}</p>"
    if notice:
        yield f"<p><strong>{escape(notice)}</strong></p>"
    yield '<nav aria-label="Inhoud">\n<ul>'
    for number, chapter in enumerate(chapters, start=1):
        yield f'<li><a href="#deel-{number}">{escape(chapter.title)}</a></li>'
    yield "</ul>\n</nav>"
    for number, chapter in enumerate(chapters, start=1):
        yield f'<section aria-labelledby="deel-{number}">\n<h2 id="deel-{number}">{escape(chapter.title)}</h2>'
        yield from _items(chapter.items)
        yield "</section>"
    yield f"</main>\n<footer><p>Code van deze afspraken: {agreement.hash}</p></footer>\n</body>\n</html>"


def _items(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.title:
            yield f"<h3>{escape(item.title)}</h3>"
        if item.sentences:
            yield "<ul>"
            yield from (f"<li>{escape(sentence.text)}</li>" for sentence in item.sentences)
            yield "</ul>"
