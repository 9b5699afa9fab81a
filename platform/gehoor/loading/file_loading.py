"""One file of a workspace: read, put in canonical words, held against its meta-schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gehoor.core.problems import Place, Problem
from gehoor.loading.canonical import Canonical, canonicalise
from gehoor.loading.nodes import MappingNode, ScalarNode
from gehoor.loading.schema_problems import schema_problems
from gehoor.loading.suggestions import hint
from gehoor.loading.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary, shipped_languages
from gehoor.loading.yaml_reader import read_yaml


@dataclass
class LoadedFile:
    """A file after loading. ``canonical`` is trustworthy only when there are no problems."""

    file: str
    kind: str
    vocabulary: Vocabulary
    canonical: Canonical = field(default_factory=Canonical)
    problems: list[Problem] = field(default_factory=list)


def load_file(workspace: Path, file: str, kind: str) -> LoadedFile:
    """Load a file; ``file`` is its name relative to the workspace. Problems are collected, never raised."""
    loaded = LoadedFile(file, kind, load_vocabulary(DEFAULT_LANGUAGE))
    try:
        content = (workspace / file).read_bytes()
    except OSError:
        loaded.problems.append(Problem(Place(file), "bestand-ontbreekt"))
        return loaded
    read = read_yaml(content, file)
    loaded.problems += read.problems
    if read.root is None:
        return loaded
    language = _language(read.root, loaded.problems)
    loaded.vocabulary = load_vocabulary(language)
    loaded.canonical = canonicalise(read.root, kind, loaded.vocabulary)
    loaded.problems += schema_problems(loaded.canonical, kind, loaded.vocabulary)
    return loaded


def _language(root: MappingNode, problems: list[Problem]) -> str:
    # The word for "language" itself may stand in any shipped language: it says how to read the rest.
    words = {load_vocabulary(language).word("language") for language in shipped_languages()}
    for member in root.members:
        if member.key in words and isinstance(member.value, ScalarNode):
            if member.value.text in shipped_languages():
                return member.value.text
            known = ", ".join(shipped_languages())
            details = {"language": member.value.text, "known": known, "hint": hint(member.value.text, shipped_languages())}
            problems.append(Problem(member.value.place, "onbekende-taal", details))
    return DEFAULT_LANGUAGE
