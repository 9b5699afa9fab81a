"""The page with every keyword, per kind of file: what it means, what may stand there, whether it must."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.loading.checks.references.completeness import OF_A_FIELD, OF_A_MEMBER, REQUIRED
from gehoor.loading.export.keyword_tables import TITLES, word_tables
from gehoor.loading.export.keyword_values import expected
from gehoor.loading.keywords.descriptions import Descriptions, load_descriptions
from gehoor.loading.keywords.inventory import Group, Keyword, file_group, group_below, groups, groups_in
from gehoor.loading.keywords.meta_schemas import FILE_KINDS
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary

_HEAD = """# De sleutelwoorden

Deze bladzijde komt uit Gehoor zelf: `gehoor schema keywords > docs/reference/sleutelwoorden.md`.

Per soort bestand staat hier elk sleutelwoord, in het Nederlands en in het Engels. In een bestand staat alles in een
taal: die van `taal: nl` of `language: en`. Een streepje in een sleutelwoord mag ook een spatie zijn: `een van`.

Wat nodig is, mag in het bestand van een afdeling ontbreken als de organisatie het al zegt. Een groep die in meer
bestanden kan staan, staat hier een keer.
"""
_TABLE = "| Nederlands | Engels | wat het betekent | wat er mag staan | nodig | voorbeeld |\n|---|---|---|---|---|---|"


def keyword_page() -> str:
    """Return the page, in Markdown."""
    descriptions = load_descriptions(DEFAULT_LANGUAGE)
    contents = [
        f"* [{about.title}](#{_anchor(about.title)}): `{about.where}`"
        for about in descriptions.files.values()
    ]
    contents += [f"* [{title}](#{_anchor(title)})" for title in TITLES]
    parts = [_HEAD, *contents, ""]
    for group in groups().values():
        parts += [*_heading(group, descriptions), _TABLE]
        parts += [_row(keyword, descriptions) for keyword in group.keywords]
        parts.append("")
    parts += word_tables(descriptions)
    return "\n".join(parts)


def required_keywords() -> dict[str, frozenset[str]]:
    """Return for each group the keywords that must be there, by the meta-schema or once all is put together."""
    needed = {
        name: {word.canonical for word in group.keywords if word.required} for name, group in groups().items()
    }
    sections = {word.canonical: word for word in groups()[file_group("department")].keywords}
    for path, keywords in REQUIRED.items():
        for group in groups_in(sections[str(path[0])])[:1]:
            needed[group] |= set(keywords)
    needed["field"] |= set(OF_A_FIELD)
    needed["member"] |= set(OF_A_MEMBER)
    return {name: frozenset(words) for name, words in needed.items()}


def _heading(group: Group, descriptions: Descriptions) -> Iterator[str]:
    for kind in FILE_KINDS:
        if group.id == file_group(kind):
            about = descriptions.files[kind]
            yield f"## {about.title}\n\n`{about.where}`\n\n{about.says}\n"
            return
    yield f"### {_title(group.id, descriptions)}\n"


def _row(keyword: Keyword, descriptions: Descriptions) -> str:
    dutch = (
        keyword.canonical if keyword.standard else load_vocabulary(DEFAULT_LANGUAGE).word(keyword.canonical)
    )
    below = [name for name in groups_in(keyword) if name in groups()]
    example = (
        "" if below and below != ["comparison"] else descriptions.example(keyword.canonical, keyword.group)
    )
    schema, document, _ = group_below(keyword.schema, keyword.document, keyword.canonical)
    links = [f"[{_title(name, descriptions)}](#{_anchor(_title(name, descriptions))})" for name in below]
    cells = [
        f"`{dutch}`",
        f"`{keyword.canonical}`",
        descriptions.keyword(keyword.canonical, keyword.group, standard=keyword.standard),
        expected(schema, document, links),
        "ja" if keyword.canonical in required_keywords()[keyword.group] else "",
        f"`{example}`" if example else "",
    ]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _title(group: str, descriptions: Descriptions) -> str:
    # A group may be called like a file, as "the organisation" is; the link must find the group.
    titles = {about.title for about in descriptions.files.values()}
    title = descriptions.groups[group]
    return f"{title} (groep)" if title in titles else title


def _anchor(title: str) -> str:
    kept = "".join(sign for sign in title.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")
