"""The page about each problem: what it means, why we refuse it, a wrong and a right example."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from ruamel.yaml import YAML

from gehoor.loading.problems.texts import SENTENCES

_WIDTH = 92
_HEAD = """# De problemen, een voor een

Deze bladzijde komt uit Gehoor zelf: `gehoor explain --all > docs/reference/problemen.md`.

`gehoor check` toont achter de plaats van elk probleem een code. Hier staat bij elke code wat ze betekent. U leest
hetzelfde met `gehoor explain CODE`.
"""


@dataclass(frozen=True)
class ProblemPage:
    """The page about one code. ``file`` and ``at`` say where in the example workspace the examples belong."""

    code: str
    title: str
    means: str
    why: str
    wrong: str
    right: str
    file: str = ""
    at: str = ""
    """The lines that the examples come in place of; without it, the right example stands there already."""

    @property
    def where(self) -> str:
        """The name of the file that the examples are from, between brackets, or nothing."""
        return f" ({PurePosixPath(self.file).name})" if self.file else ""


def codes() -> tuple[str, ...]:
    """Return every code, in the order in which files are looked at."""
    return tuple(SENTENCES)


@cache
def problem_page(code: str) -> ProblemPage:
    """Return the page about a code. Raises ``KeyError`` for a code that does not exist."""
    if code not in SENTENCES:
        raise KeyError(code)
    source = files("gehoor") / "schemas" / "problems" / f"{code}.yaml"
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(source.read_text("utf-8"))
    return ProblemPage(code, **data)


def page_text(code: str) -> str:
    """Return the page about a code, to read on a screen."""
    page = problem_page(code)
    return "\n".join(
        [
            f"{code}: {page.title}",
            "",
            _wrapped(page.means),
            "",
            "Waarom weigeren wij dit?",
            _wrapped(page.why),
            "",
            f"Fout{page.where}:",
            textwrap.indent(page.wrong.rstrip(), "    "),
            "",
            f"Goed{page.where}:",
            textwrap.indent(page.right.rstrip(), "    "),
        ]
    )


def list_text() -> str:
    """Return the list of all codes, each with its title."""
    width = max(map(len, SENTENCES))
    return "\n".join(f"{code:{width}}  {problem_page(code).title}" for code in codes())


def all_pages() -> str:
    """Return the pages about all codes, as one page in Markdown."""
    contents = "\n".join(f"* [{code}](#{code}): {problem_page(code).title}" for code in codes())
    return "\n".join([_HEAD, contents, "", *(_markdown(problem_page(code)) for code in codes())])


def _markdown(page: ProblemPage) -> str:
    language = "yaml" if page.file else "text"
    return (
        f"## {page.code}\n\n**{page.title}.** {page.means}\n\nWaarom: {page.why}\n\n"
        f"Fout{page.where}:\n\n```{language}\n{page.wrong.rstrip()}\n```\n\n"
        f"Goed{page.where}:\n\n```{language}\n{page.right.rstrip()}\n```\n"
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
