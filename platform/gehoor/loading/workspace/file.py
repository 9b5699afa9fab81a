"""One file of a workspace: read, put in canonical words, held against its meta-schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any, Final

from gehoor.core.text.problems import Problem, errors
from gehoor.core.text.suggestions import hint
from gehoor.loading.keywords.vocabulary import (
    DEFAULT_LANGUAGE,
    Vocabulary,
    load_vocabulary,
    shipped_languages,
)
from gehoor.loading.merge.canonical import Canonical, canonicalise
from gehoor.loading.merge.file_kinds import language_of_file, said_language
from gehoor.loading.merge.invalid_parts import Broken, set_aside, unreadable
from gehoor.loading.merge.source_map import Path
from gehoor.loading.problems.lists import without_doubles
from gehoor.loading.source.files import read
from gehoor.loading.source.nodes import MappingNode
from gehoor.loading.source.yaml import read_yaml
from gehoor.loading.validation.schema_errors import schema_faults

_LARGEST_KEPT: Final = 64 * 1024
"""In bytes; a usual file has a tenth of it."""


@dataclass
class LoadedFile:
    """A file after loading. ``canonical`` holds what is right in it, ``broken`` tells what was not."""

    file: str
    kind: str
    vocabulary: Vocabulary
    canonical: Canonical = field(default_factory=Canonical)
    problems: list[Problem] = field(default_factory=list)
    broken: Broken = field(default_factory=Broken)
    fields: dict[Path, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What its fields came to with what they refer to, for who puts forms together (``FormLibrary``)."""


def load_file(workspace: FilePath, file: str, kind: str) -> LoadedFile:
    """Load a file; ``file`` is its name relative to the workspace. Problems are collected, never raised.

    Organisations share files, and of a workspace that is checked again most are as they were: what was loaded of the
    same content before is given again, and is not to be changed.
    """
    content = read(workspace, file)
    if isinstance(content, Problem) or len(content) > _LARGEST_KEPT:
        return _load(content, file, kind)
    return _load_once(content, file, kind)


@lru_cache(maxsize=256)
def _load_once(content: bytes, file: str, kind: str) -> LoadedFile:
    return _load(content, file, kind)


def _load(content: bytes | Problem, file: str, kind: str) -> LoadedFile:
    loaded = LoadedFile(file, kind, load_vocabulary(DEFAULT_LANGUAGE))
    stem = PurePosixPath(file).name.partition(".")[0]
    root = None
    if isinstance(content, Problem):
        loaded.problems.append(content)
    else:
        reading = read_yaml(content, file)
        loaded.problems += reading.problems
        root = reading.root
    if root is None:
        loaded.broken = unreadable(kind, stem)
        return loaded
    loaded.vocabulary = load_vocabulary(_language(root, loaded.problems))
    loaded.canonical = canonicalise(root, kind, loaded.vocabulary, loaded.problems)
    faults = schema_faults(loaded.canonical, kind, loaded.vocabulary)
    said = {problem.place for problem in errors(loaded.problems)}
    loaded.problems += [fault.problem for fault in faults if fault.problem.place not in said]
    loaded.problems = without_doubles(loaded.problems)
    loaded.broken = set_aside(loaded.canonical, kind, stem, faults)
    if any(problem.code == "dubbele-sleutel" for problem in loaded.problems):
        # Of two that are called the same only the first was read: what the other would have been is not known.
        loaded.broken.add(unreadable(kind, stem))
    return loaded


def _language(root: MappingNode, problems: list[Problem]) -> str:
    said = said_language(root)
    if said and said.text not in shipped_languages():
        details = {
            "language": said.text,
            "known": ", ".join(shipped_languages()),
            "hint": hint(said.text, shipped_languages()),
        }
        problems.append(Problem(said.place, "onbekende-taal", details))
    return language_of_file(root)
