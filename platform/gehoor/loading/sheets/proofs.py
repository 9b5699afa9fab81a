"""What shows that agreements do what they say, and what is still to be said: examples, each with the rules that it
shows, and texts without a translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.decision.rule_examples import example_facts, example_values
from gehoor.core.proposals.sheets import Examples, ShownExample, Untold
from gehoor.core.rules.effects import Hide, Show, Warn
from gehoor.loading.checks.analysis.examples import Without, held_against
from gehoor.loading.checks.analysis.incomplete_translations import Missing, missing_translations
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.load import LoadedDepartment, LoadedWorkspace
from gehoor.loading.sheets.places import NoSheetError, source_of
from gehoor.loading.source.nodes import MappingNode, Node, ScalarNode, SequenceNode

_EXAMPLES = "rule-examples"
_RULE = "rule/"
_TRANSLATIONS = "translations"


def examples(loaded: LoadedDepartment) -> Examples:
    """Return the examples of a department, each with the rules that it shows, and the rules that none shows."""
    engine, agreement, whole = ReferenceEngine(), loaded.agreement, loaded.provenance.whole
    shown: list[ShownExample] = []
    acting: set[str] = set()
    for index, example in enumerate(loaded.document.get(_EXAMPLES) or ()):
        values = example_values(agreement, example["given"], engine)
        facts = example_facts(agreement, example["given"], values)
        rules = sorted(_rules(engine.fired(agreement.rule_set, facts)))
        acting |= set(rules)
        place = whole.spot((_EXAMPLES, index)).value
        needed = tuple(one for one in rules if _hangs_on(loaded, index, one))
        shown.append(ShownExample(example["case"], place.file, place.line, needed))
    seen = {name for one in shown for name in one.rules}
    left = [name for name in _rules(agreement.rule_set.conditions) if name not in seen]
    return Examples(
        tuple(shown),
        tuple(one for one in left if one not in acting),
        tuple(one for one in left if one in acting),
    )


def _hangs_on(loaded: LoadedDepartment, index: int, rule: str) -> bool:
    """Say whether an example would turn out otherwise without a rule; of what only a screen shows no example can say
    anything, so that it acts is enough."""
    effects = loaded.agreement.rules[rule].effects
    if all(isinstance(one, Show | Hide | Warn) for one in effects):
        return True
    without = Without(ReferenceEngine(), frozenset({rule}))
    return any(held_against(loaded.provenance.whole, loaded.agreement, without, index))


def _rules(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of rules and of rows of tables, among all that conditions are asked for."""
    yield from (name.removeprefix(_RULE) for name in names if name.startswith(_RULE))


def untold(loaded: LoadedWorkspace, workspace: Path) -> list[Untold]:
    """Return the texts for people outside that lack a translation, each once for each language."""
    found: dict[Missing, None] = {}
    for one in loaded.departments:
        found |= dict.fromkeys(missing_translations(one.provenance.whole, one.agreement))
    return [
        Untold(
            one.language,
            one.text,
            one.place.file,
            one.place.line,
            one.of_form,
            _translated_at(workspace, one) if one.of_form else (),
        )
        for one in found
    ]


def _translated_at(workspace: Path, missing: Missing) -> Steps:
    """Return where the translation of a text comes, in the words of its file: beside it, under its language; nowhere
    where something else stands at its place."""
    try:
        source = source_of(workspace, missing.place.file)
    except NoSheetError:
        return ()
    text = next(
        (path for path, one in _texts(source.root, ()) if one == (missing.place.line, missing.text)), ()
    )
    return (*text[:-1], source.vocabulary.word(_TRANSLATIONS), missing.language, text[-1]) if text else ()


def _texts(node: Node, path: Steps) -> Iterator[tuple[Steps, tuple[int, str]]]:
    """Yield the texts of a file that stand under a keyword: where, on which line that is, and what it says."""
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _texts(item, (*path, index))
    elif isinstance(node, MappingNode):
        for member in node.members:
            if isinstance(member.value, ScalarNode):
                yield (*path, member.key), (member.place.line, member.value.text)
            yield from _texts(member.value, (*path, member.key))
