"""An example that shows a rule: made from what the rule asks, and held against the agreement without that rule."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.domains import domain_of
from gehoor.core.analysis.witness import witnesses
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Hide, Show, Warn
from gehoor.loading.checks.analysis.examples import NAMED, Without, actual_of, held_against
from gehoor.loading.editing.edits import changed, with_item
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, Word
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.load import LoadedDepartment, load_workspace
from gehoor.loading.sheets.growing import Changed, FillError, is_missing, put_below, text_of
from gehoor.loading.sheets.places import Source, source_of
from gehoor.loading.source.nodes import SequenceNode

_EXAMPLES: Final = "examples"
_MOST: Final = 60
"""So many examples are tried of what a rule asks."""


def with_example(
    workspace: Path, organisation: str, file: str, path: Steps, case: str, department: str = ""
) -> tuple[list[Changed], Steps]:
    """Return the files with an example more that shows the rule at a place in a file, and where that stands; in what
    other examples expect stands what this rule does in them. ``department``: of which the rule is alone. Raises
    ``FillError``: ``never`` where no answers were found with which the rule fires, ``already`` where other rules do
    what it does, ``unsaid`` where nothing that it does can be expected."""
    rule = str(path[-1])
    loaded = load_workspace(workspace, (organisation,)).tried
    built = [one for one in loaded if department in ("", one.department)]
    if not built:
        raise FillError("", "never")
    agreement = built[0].agreement
    given, expected = _shown(agreement, rule)
    words = source_of(workspace, file).vocabulary
    example: dict[str, Value] = {
        words.word("case"): case,
        words.word("given"): {name: _written(one, words) for name, one in given.items()},
        words.word("expect"): {words.word(key): _written(one, words) for key, one in expected.items()},
    }
    texts = {file: text_of(workspace, file)}
    for one in built:
        _adjust(workspace, texts, one, rule)
    at = (words.word(_EXAMPLES),)
    try:
        if is_missing(texts[file], at):
            texts[file] = put_below(texts[file], at, [example])
        else:
            texts[file] = with_item(texts[file], at, example)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return [Changed(one, text) for one, text in texts.items()], at


def _adjust(workspace: Path, texts: dict[str, str], loaded: LoadedDepartment, rule: str) -> None:
    """Say in the examples that were right without a rule what it does in them too."""
    engine, whole, agreement = ReferenceEngine(), loaded.provenance.whole, loaded.agreement
    for index in range(len(whole.data.get("rule-examples") or ())):
        if any(held_against(whole, agreement, Without(engine, frozenset({rule})), index)):
            continue
        for key, _, found in held_against(whole, agreement, engine, index):
            if key not in _LISTS:
                continue
            spot = whole.spot(("rule-examples", index, "expect", key))
            source = source_of(workspace, spot.value.file)
            at = (source.vocabulary.word(_EXAMPLES), _index(source, spot.value.line))
            inside = (source.vocabulary.word("expect"), source.vocabulary.word(key))
            text = texts.setdefault(source.file, text_of(workspace, source.file))
            texts[source.file] = changed(text, (*at, *inside), sorted(found))


_LISTS: Final = frozenset({"notified", "blocked", "flagged", "assigned", "approved-by"})
"""What an example says whole, and names one by one."""


def _index(source: Source, line: int) -> int:
    """Return which example of a file stands at a line."""
    member = next(one for one in source.root.members if source.vocabulary.keyword(one.key) == _EXAMPLES)
    assert isinstance(member.value, SequenceNode)
    return sum(one.place.line <= line for one in member.value.items) - 1


def _shown(agreement: Agreement, rule: str) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Return answers with which a rule fires, and what is due to it then."""
    condition = agreement.rule_set.conditions.get(rule_names.rule(rule))
    fields = agreement.dossier_form.fields.values()
    domains = {one.id: domain_of(one) for one in fields if not one.type.takes_files}
    tried = list(islice(witnesses(condition, domains), _MOST)) if condition is not None else []
    for given in tried:
        if expected := expected_of(agreement, rule, given):
            return given, expected
    if not tried:
        raise FillError("", "never")
    raise FillError("", "already" if _can_be_expected(agreement, rule) else "unsaid")


def expected_of(agreement: Agreement, rule: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an example is due to a rule: what would turn out otherwise without it."""
    engine = ReferenceEngine()
    overlay, found = actual_of(agreement, engine, given)
    other, without = actual_of(agreement, Without(engine, frozenset({rule})), given)
    expected: dict[str, Any] = {}
    for key, names in found.items():
        more = names - without[key]
        if key == "handlers" and more:
            expected[key] = int(next(iter(more)))
        elif more:
            # Of some kinds an example names what matters to it; of the others all there is.
            expected[key] = sorted(more if key in NAMED else names)
    values = {
        name: overlay.values[name]
        for name, by in overlay.given_by.items()
        if by.id == rule and other.values.get(name) != overlay.values[name]
    }
    return {**expected, "derived": values} if values else expected


def _can_be_expected(agreement: Agreement, rule: str) -> bool:
    """Say whether anything that a rule does can stand in an example: what is only shown or said cannot."""
    return any(not isinstance(one, Show | Hide | Warn) for one in agreement.rules[rule].effects)


def _written(value: Any, words: Vocabulary) -> Value:
    if isinstance(value, bool):
        return Word(words.boolean_word(truth=value))
    if isinstance(value, int | float):
        return Word(str(value))
    if isinstance(value, list):
        return [_written(one, words) for one in value]
    if isinstance(value, Mapping):
        return {name: _written(one, words) for name, one in value.items()}
    return str(value)
