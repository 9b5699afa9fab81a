"""Which kind of file something is, told from what stands at its top."""

from __future__ import annotations

from collections.abc import Collection

from gehoor.loading.keywords.meta_schemas import FILE_KINDS, Schema, meta_schema
from gehoor.loading.keywords.vocabulary import (
    DEFAULT_LANGUAGE,
    language_words,
    load_vocabulary,
    shipped_languages,
)
from gehoor.loading.merge.canonical import known_keyword
from gehoor.loading.source.nodes import MappingNode, ScalarNode


def kind_of_file(root: MappingNode) -> str | None:
    """Return the kind of a file, or None when it is like no kind, or like more than one."""
    vocabulary = load_vocabulary(language_of_file(root))
    fitting = []
    for kind in FILE_KINDS:
        schema = meta_schema(kind)
        known = {known_keyword(member, schema, vocabulary) for member in root.members}
        if _complete(schema, known) and None not in known:
            fitting.append(kind)
    return fitting[0] if len(fitting) == 1 else None


def _complete(schema: Schema, known: Collection[str | None]) -> bool:
    """Say whether all is there without which a file is none of its kind."""
    some = schema.get("x-one-of-these", ())
    return all(one in known for one in schema.get("required", ())) and (
        not some or any(one in known for one in some)
    )


def language_of_file(root: MappingNode) -> str:
    """Return the language that a file says it is written in; the first of all when it says none we know."""
    said = said_language(root)
    return said.text if said and said.text in shipped_languages() else DEFAULT_LANGUAGE


def said_language(root: MappingNode) -> ScalarNode | None:
    """Return what a file says that its language is. That word itself may stand in any language we know."""
    values = (member.value for member in root.members if member.key in language_words())
    return next((value for value in values if isinstance(value, ScalarNode)), None)
