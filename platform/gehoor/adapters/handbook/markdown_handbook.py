"""The pages of the handbook, from the Markdown that they are written in.

They are our own, and treated as if they were not: HTML in them is shown as it is typed, a comment is left out, and no
style or script comes through. What leads out of the handbook stands there as text: those files are not here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gehoor.core.text.excerpts import excerpt
from gehoor.core.text.normalise import plain_words
from gehoor.services.ports.handbook import Address, HandbookPage, Heading, Passage

_INDEX: Final = "README"
_COMMENT: Final = re.compile(r"^\s*<!--.*?-->\s*$", re.DOTALL)
_NO_SLUG: Final = re.compile(r"[^\w -]")
_FILE: Final = re.compile(r"(?:in|shows|piece-of)=([^\s#]+)")
_ELSEWHERE: Final = re.compile(r"^(?:https?:|mailto:)", re.IGNORECASE)
_MOST_FOUND: Final = 40
_PARSER: Final = MarkdownIt("commonmark", {"html": True}).enable("table")
"""It knows what is HTML in a page; what becomes of that, is said here."""


@dataclass(frozen=True)
class _Read:
    """A page as it was read. ``parts``: its text by heading, for who searches."""

    page: HandbookPage
    tokens: Sequence[Token]
    parts: tuple[tuple[Heading | None, str], ...]


@dataclass(frozen=True)
class MarkdownHandbook:
    """The handbook in a folder of Markdown files."""

    folder: Path

    @cached_property
    def _pages(self) -> Mapping[str, _Read]:
        found = {}
        for path in sorted(self.folder.rglob("*.md")):
            name = path.relative_to(self.folder).with_suffix("").as_posix()
            name = "" if name == _INDEX else name
            found[name] = _read(name, path.read_text("utf-8"))
        return found

    @cached_property
    def _order(self) -> Sequence[str]:
        """Return the names of the pages as the first page leads to them."""
        index = self._pages.get("")
        linked = [_target("", link)[0] for link in _links(index.tokens)] if index else []
        return list(dict.fromkeys(["", *(one for one in linked if one in self._pages), *self._pages]))

    def page(self, name: str) -> HandbookPage | None:
        """Return a page; None where there is none of that name."""
        found = self._pages.get(name)
        return found.page if found else None

    def markup(self, name: str, address: Address) -> str:
        """Return what stands on a page, under its title, as HTML in which nothing can act. Raises ``KeyError``."""
        tokens = _without_dead_links(self._pages[name].tokens, name, self._pages, address)
        return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))

    def find(self, words: Iterable[str]) -> Sequence[Passage]:
        """Return where all of these words are said, headings first."""
        wanted = [found for word in words for found in plain_words(word)]
        if not wanted:
            return ()
        in_headings, in_texts = list[Passage](), list[Passage]()
        for name in self._order:
            read = self._pages[name]
            for heading, text in read.parts:
                title = heading.title if heading else read.page.title
                if _holds(title, wanted):
                    in_headings.append(Passage(read.page, heading, excerpt([("", text)], wanted)[1]))
                elif _holds(f"{title}\n{text}", wanted):
                    in_texts.append(Passage(read.page, heading, excerpt([("", text)], wanted)[1]))
        return (*in_headings, *in_texts)[:_MOST_FOUND]


def _holds(text: str, wanted: Iterable[str]) -> bool:
    said = plain_words(text)
    return all(any(one.startswith(word) for one in said) for word in wanted)


def _read(name: str, text: str) -> _Read:
    tokens = [*_harmless(_PARSER.parse(text))]
    title, headings, taken = name or _INDEX, list[Heading](), dict[str, int]()
    parts: list[tuple[Heading | None, list[str]]] = [(None, [])]
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "heading_open":
            said, level = _text(tokens[place + 1]), int(token.tag[1:])
            if level == 1:
                # The page around it says what it is called.
                title, place = said, place + 3
                continue
            heading = Heading(level, said, _anchor(said, taken))
            token.attrSet("id", heading.anchor)
            headings.append(heading)
            parts.append((heading, []))
        elif (
            token.type in ("inline", "html_block", "code_block") and tokens[place - 1].type != "heading_open"
        ):
            parts[-1][1].append(_text(token))
        kept.append(token)
        place += 1
    page = HandbookPage(name, title, tuple(headings))
    return _Read(page, kept, tuple((heading, "\n".join(said)) for heading, said in parts))


def _text(token: Token) -> str:
    if token.children is None:
        return str(token.meta.get("text", "")) if token.type == "html_block" else token.content
    return "".join(" " if one.type in ("softbreak", "hardbreak") else one.content for one in token.children)


def _anchor(title: str, taken: dict[str, int]) -> str:
    """Return by what a heading is found in an address: as the places where its Markdown is read make it."""
    slug = _NO_SLUG.sub("", title.lower()).replace(" ", "-")
    number = taken[slug] = taken.get(slug, -1) + 1
    return f"{slug}-{number}" if number else slug


def _links(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        for one in token.children or ():
            if one.type == "link_open":
                yield str(one.attrGet("href"))


def _target(name: str, link: str) -> tuple[str, str]:
    """Return the page and the anchor that a link on a page leads to; what is no page has no such name."""
    file, _, anchor = link.partition("#")
    if not file:
        return name, anchor
    path = PurePosixPath(normpath((PurePosixPath(name or _INDEX).parent / file).as_posix()))
    inside = path.with_suffix("").as_posix() if path.suffix == ".md" else path.as_posix()
    return "" if inside == _INDEX else inside, anchor


def _without_dead_links(
    tokens: Iterable[Token], name: str, pages: Mapping[str, _Read], address: Address
) -> list[Token]:
    """Return what stands on a page, each link to another one with its address, and those that lead nowhere here as
    text."""
    found = []
    for token in tokens:
        if token.children:
            token = token.copy(children=[*_led(token.children, name, pages, address)])  # noqa: PLW2901
        found.append(token)
    return found


def _led(
    children: Iterable[Token], name: str, pages: Mapping[str, _Read], address: Address
) -> Iterator[Token]:
    dead = False
    for one in children:
        if one.type == "link_open":
            link = str(one.attrGet("href"))
            page, anchor = _target(name, link)
            dead = not _ELSEWHERE.match(link) and page not in pages
            if not dead:
                attrs = (
                    {"href": link, "rel": "noreferrer"}
                    if _ELSEWHERE.match(link)
                    else {"href": address(page, anchor)}
                )
                yield one.copy(attrs=attrs)
        elif not (one.type == "link_close" and dead):
            yield one


def _harmless(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield what stands on a page, with nothing in it that acts: the only HTML that is left is ours."""
    for token in _without_empty_heads(tokens):
        token.attrs.pop("style", None)
        if token.type == "html_block":
            if not _COMMENT.match(token.content):
                yield _ours(f"<p>{escape(token.content)}</p>\n")
        elif token.type == "fence":
            file = _FILE.search(token.info)
            # Behind a fence stands what tests do with it; to people it says in which file it is.
            named = f'<p class="source">{escape(file[1])}</p>' if file else ""
            made = _ours(f'{named}<pre tabindex="0"><code>{escape(token.content)}</code></pre>\n')
            yield made.copy(meta={"text": token.content})
        elif token.type == "table_open":
            yield _ours('<div class="scroll" tabindex="0">')
            yield token
        elif token.type == "table_close":
            yield token
            yield _ours("</div>\n")
        else:
            for one in token.children or ():
                if one.type == "html_inline":
                    one.type = "text"
            yield token


def _without_empty_heads(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield what stands on a page; a table of which no column is called anything has no head that is read out."""
    head: list[Token] = []
    for token in tokens:
        if head or token.type == "thead_open":
            head.append(token)
        else:
            yield token
        if token.type == "thead_close":
            yield from head if any(one.content.strip() for one in head) else ()
            head = []


def _ours(markup: str) -> Token:
    return Token("html_block", "", 0, content=markup)
