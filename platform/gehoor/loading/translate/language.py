"""The two lines of a file that say in which language its keywords are: one for us, one for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from gehoor.loading.export.editor_schemas import FOLDER, file_name
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, language_words
from gehoor.loading.merge.file_kinds import kind_of_file, language_of_file
from gehoor.loading.source.nodes import MappingNode, ScalarNode
from gehoor.loading.source.tokens import Edit, Tokens
from gehoor.loading.source.yaml import read_yaml

_FOR_EDITORS = "# yaml-language-server: $schema="
_IN_WORKSPACE = re.compile(rf"^{re.escape(_FOR_EDITORS)}\S*{re.escape(FOLDER)}/(\S+)[ \t]*$", re.MULTILINE)


def language_line(text: str, root: MappingNode, tokens: Tokens, target: Vocabulary) -> Iterator[Edit]:
    """Give the edits that make a file say that it is in a language; without such a line it is in the default."""
    word, language = target.word("language"), target.language
    for member in root.members:
        if member.key in language_words() and isinstance(member.value, ScalarNode):
            edits = (
                tokens.reworded(member.place, member.key, word),
                tokens.reworded(member.value.place, member.value.text, language),
            )
            yield from (edit for edit in edits if edit)
            return
    if language != DEFAULT_LANGUAGE:
        start = tokens.start_of(root.place)
        if text[start] == "{":
            yield Edit(start + 1, start + 1, f'"{word}": "{language}", ')
        else:
            line_end = "\r\n" if "\r\n" in text else "\n"
            indent = " " * (root.place.column - 1)
            yield Edit(start, start, f"{word}: {language}{line_end}{indent}")


def schema_line(text: str, kind: str, source: str, target: str) -> Iterator[Edit]:
    """Give the edit that makes the line for editors name the schema in another language."""
    match = _IN_WORKSPACE.search(text)
    if match and match[1] == f"{source}/{file_name(kind, source)}":
        yield Edit(match.start(1), match.end(1), f"{target}/{file_name(kind, target)}")


def place_schema_lines(workspace: Path, files: tuple[str, ...]) -> None:
    """Write the line for editors at the top of YAML files (relative to the workspace) that have none yet."""
    for file in files:
        content = (workspace / file).read_bytes()
        root = read_yaml(content, file).root
        kind = kind_of_file(root) if root else None
        if root is not None and kind is not None and _FOR_EDITORS.encode() not in content:
            up = "../" * (len(PurePosixPath(file).parts) - 1)
            language = language_of_file(root)
            line = f"{_FOR_EDITORS}{up}{FOLDER}/{language}/{file_name(kind, language)}\n"
            (workspace / file).write_bytes(line.encode() + content)
