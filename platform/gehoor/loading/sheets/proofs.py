"""What shows that agreements do what they say, and what is still to be said: examples, each with the rules that it
shows, and texts without a translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.decision.rule_examples import example_facts, example_values
from gehoor.core.proposals.sheets import Examples, ShownExample, Untold
from gehoor.loading.checks.analysis.incomplete_translations import Missing, missing_translations
from gehoor.loading.load import LoadedDepartment, LoadedWorkspace

_EXAMPLES = "rule-examples"
_RULE = "rule/"


def examples(loaded: LoadedDepartment) -> Examples:
    """Return the examples of a department, each with the rules that it shows, and the rules that none shows."""
    shown = tuple(_shown(loaded))
    seen = {name for one in shown for name in one.rules}
    return Examples(
        shown, tuple(name for name in _rules(loaded.agreement.rule_set.conditions) if name not in seen)
    )


def _rules(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of rules and of rows of tables, among all that conditions are asked for."""
    yield from (name.removeprefix(_RULE) for name in names if name.startswith(_RULE))


def _shown(loaded: LoadedDepartment) -> Iterator[ShownExample]:
    engine, agreement, whole = ReferenceEngine(), loaded.agreement, loaded.provenance.whole
    for index, example in enumerate(loaded.document.get(_EXAMPLES) or ()):
        values = example_values(agreement, example["given"], engine)
        facts = example_facts(agreement, example["given"], values)
        rules = tuple(sorted(_rules(engine.fired(agreement.rule_set, facts))))
        place = whole.spot((_EXAMPLES, index)).value
        yield ShownExample(example["case"], place.file, place.line, rules)


def untold(loaded: LoadedWorkspace) -> list[Untold]:
    """Return the texts for people outside that lack a translation, each once for each language."""
    found: dict[Missing, None] = {}
    for one in loaded.departments:
        found |= dict.fromkeys(missing_translations(one.provenance.whole, one.agreement))
    return [Untold(one.language, one.text, one.place.file, one.place.line, one.of_form) for one in found]
