"""Hostile definition files: each answered with a line, within the bounds, and nothing of it published.

The bound on work is in steps, which are the same on every computer; nothing here looks at a clock.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.counted_steps import count_steps, stop_counting
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError, run_confined
from gehoor.bootstrap.checking.outside import STEPS, check_organisation
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.loading.problems.texts import line
from tests.hostile.confined import CHILD_PATH, too_heavy
from tests.support.loading_cases import BASE, COMPLETE

_RULES = "rules/klein/regels.yaml"
_FORM = "forms/klein/dossier.schema.yaml"
_KB = 1024
_LIMITS = Limits(STEPS)


def _answer(workspace: Path) -> LoadedWorkspace:
    taken = count_steps()
    try:
        loaded = load_workspace(workspace)
    finally:
        stop_counting()
    assert taken() < STEPS
    for problem in loaded.problems:
        assert problem.place.file != "?"
        assert "\n" not in line(problem)
    return loaded


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "werkmap"))


def _doubling_groups() -> str:
    """Each of many code lists refers twice to the next: followed blindly, that is 2 to the power 200."""
    lists = "".join(
        f'  k{i}: {{$ref: "#/$defs/k{i + 1}", items: {{$ref: "#/$defs/k{i + 1}"}}}}\n' for i in range(200)
    )
    return f"$schema: urn:gehoor:formulier:1\ntaal: nl\ntitle: Bom\n$defs:\n{lists}  k200: {{type: string}}\n"


_BOMBS = {
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "flow depth": "regels: " + "[" * 5000,
    "block depth": "".join(" " * i + f"k{i}:\n" for i in range(400)),
    "question marks": "? " * 5000,
    "many values": "regels: [" + "a," * (250 * _KB) + "]",
    "many colons": "regels: " + "a: " * 100_000,
    "many open quotes": "a: 'x\n" * 30_000 + "b",
    "wrong at the end": "\n".join(f"k{i}: [v" for i in range(9_000)) + "\n x: 'y",
    "many open brackets": "taal: nl\nregels: {a: {als: {x: {minstens: '" + "[" * (200 * _KB) + "'}}}}",
    "many keys": "\n".join(f"k{i}: v" for i in range(19_000)),
    "many rules": "taal: nl\nregels:\n" + "\n".join(f"  k{i}: v" for i in range(9_000)),
    "long value": "regels: " + "x" * (500 * _KB),
    "long key": '"' + "x" * (500 * _KB) + '": 1',
    "long folded text": "regels: >\n" + " x\n" * (160 * _KB),
    "comments": "#\n" * (250 * _KB),
    "deep condition": "taal: nl\nregels:\n  a:\n    als: " + "{een van: [" * 150 + "{ernst: 1}" + "]}" * 150,
    "escapes": 'regels: "' + "\\x41" * (120 * _KB) + '"',
    "broken escape": 'regels: "\\U00110000"',
    "surrogate": 'taal: nl\nregels: {"\\ud800": 1}',
    "long tag": "regels: !" + "x" * (500 * _KB),
    "long tag in brackets": "regels: !<" + "x" * (500 * _KB) + "> x",
    "python object": "regels: !!python/object/apply:os.system [id]",
    "nan": "taal: nl\nregels: .nan",
    "prototype": "taal: nl\n__proto__: {constructor: x}\n__class__: y",
    "format string": "taal: nl\n'{0.__class__}': x\n'%s%n': y",
    "huge number": "taal: nl\nregels: " + "9" * 5000,
}
_LARGE = [
    "many colons",
    "many open quotes",
    "wrong at the end",
    "many open brackets",
    "many values",
    "many keys",
    "many rules",
    "long folded text",
    "comments",
    "flow depth",
    "long value",
    "long tag",
    "long tag in brackets",
    "escapes",
]
"""The reader stops at these before it matters which file they are in."""
_IN_A_CHILD = ["aliases", "block depth", "many values", "many rules", "escapes"]
"""Those that are loaded in a child each time, where steps are counted and memory is limited too."""
_FILES = [_RULES, "definitions/klein/organisatie.yaml", _FORM]
_EVERYWHERE = [
    pytest.param(
        file,
        name,
        marks=[pytest.mark.soak] * (name in _LARGE and (file != _RULES or name in _IN_A_CHILD)),
    )
    for file in _FILES
    for name in _BOMBS
]


@pytest.mark.share(3)
@pytest.mark.parametrize(("file", "name"), _EVERYWHERE)
def test_a_bomb_is_answered_in_few_steps(workspace: Path, file: str, name: str) -> None:
    (workspace / file).write_text(_BOMBS[name], "utf-8")
    loaded = _answer(workspace)
    assert file in {problem.place.file for problem in loaded.problems}
    assert loaded.departments == []


def test_a_condition_with_more_ways_than_can_be_tried_is_answered_in_few_steps(workspace: Path) -> None:
    """Each alternative is judged beside a puzzle, and there are very many of them."""
    apart = ", ".join(f"{{geen van: [{{naam: {one}, verhaal: {one}}}]}}" for one in "abcdefgh")
    either = ", ".join(f"{{ernst: {number % 5 + 1}}}" for number in range(1500))
    rule = f"  kluwen:\n    als:\n      alle van: [{apart}]\n      een van: [{either}]\n"
    rule += "    dan: [{waarschuw: Kijk na.}]\n    omdat: Het kan.\n"
    file = workspace / _RULES
    text = file.read_text("utf-8")
    file.write_text(text.replace("voorbeelden:\n", f"{rule}voorbeelden:\n", 1), "utf-8")
    assert _answer(workspace).problems == []


def _double(workspace: Path) -> None:
    (workspace / "forms/basis/bom.schema.yaml").write_text(_doubling_groups(), "utf-8")
    form = workspace / _FORM
    text = form.read_text("utf-8")
    fields = "".join(f'  v{i}: {{$ref: "../basis/bom.schema.yaml#/$defs/k0"}}\n' for i in range(300))
    form.write_text(text.replace("properties:\n", f"properties:\n{fields}", 1), "utf-8")


def test_references_that_double_at_every_step_are_cut_off(workspace: Path) -> None:
    _double(workspace)
    loaded = _answer(workspace)
    assert {problem.code for problem in loaded.problems} == {"formulier-verwijzing"}


def test_groups_that_include_each_other_are_taken_once(workspace: Path) -> None:
    names = [f"forms/basis/g{i}.schema.yaml" for i in range(20)]
    for name in names:
        members = "".join(f'  - {{$ref: "g{i}.schema.yaml"}}\n' for i in range(20) if f"/g{i}." not in name)
        head = "$schema: urn:gehoor:formulier:1\ntaal: nl\ntitle: G\n"
        (workspace / name).write_text(f"{head}allOf:\n{members}", "utf-8")
    form = workspace / _FORM
    form.write_text(form.read_text("utf-8").replace("melder.schema", "g0.schema", 1), "utf-8")
    assert _answer(workspace).departments == []


def test_groups_within_groups_without_end_are_answered_with_a_line(workspace: Path) -> None:
    head = "$schema: urn:gehoor:formulier:1\ntaal: nl\ntitle: G\n"
    for number in range(1500):
        file = workspace / f"forms/basis/g{number}.schema.yaml"
        file.write_text(f'{head}allOf:\n  - {{$ref: "g{number + 1}.schema.yaml"}}\n', "utf-8")
    (workspace / "forms/basis/g1500.schema.yaml").write_text(head, "utf-8")
    form = workspace / _FORM
    form.write_text(form.read_text("utf-8").replace("melder.schema", "g0.schema", 1), "utf-8")
    loaded = _answer(workspace)
    (deep,) = [one for one in loaded.problems if one.code == "formulier-verwijzing"]
    assert "een groep in meer dan 20 andere groepen" in line(deep)
    assert loaded.departments == []


def test_a_department_of_three_hundred_fields_loads_in_few_steps(workspace: Path) -> None:
    file = workspace / "definitions/klein/afdelingen/zuid.yaml"
    field = "{title: Veld, type: string, fase: registratie, na: verhaal, persoonsgegevens: P0}"
    fields = "".join(f"      veld_{i}: {field}\n" for i in range(300))
    file.write_text(file.read_text("utf-8").replace("    velden:\n", f"    velden:\n{fields}"), "utf-8")
    loaded = _answer(workspace)
    assert loaded.problems == []
    assert len(loaded.departments[1].agreement.dossier_form.fields) > 300


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "..", "a/../b", "noord\u0000", "a\nb", "CON "]
)
def test_a_name_never_becomes_a_path(workspace: Path, name: str) -> None:
    file = workspace / "definitions/klein/organisatie.yaml"
    quoted = '"' + name.replace("\n", "\\n").replace("\u0000", "\\0") + '"'
    for old in ("zuid]", "[klein/termijnen]", "dossier: klein/dossier"):
        head = old.partition("k")[0] if "k" in old else ""
        text = (BASE / "definitions/klein/organisatie.yaml").read_text("utf-8")
        file.write_text(text.replace(old, head + quoted + old[-1:] * (old[-1] == "]")), "utf-8")
        loaded = _answer(workspace)
        assert {problem.place.file for problem in loaded.problems} >= {"definitions/klein/organisatie.yaml"}
        assert loaded.departments == []


@pytest.mark.parametrize("file", ["definitions/klein/klacht.yaml", "forms/basis/melder.schema.yaml", _RULES])
def test_a_link_out_of_the_workspace_is_not_followed(workspace: Path, file: str, tmp_path: Path) -> None:
    (tmp_path / "buiten.yaml").write_text((workspace / file).read_text("utf-8"), "utf-8")
    (workspace / file).unlink()
    (workspace / file).symlink_to(tmp_path / "buiten.yaml")
    loaded = _answer(workspace)
    assert [(problem.place.file, problem.code) for problem in loaded.problems] == [(file, "buiten-de-map")]


def test_a_linked_folder_is_not_followed_either(workspace: Path, tmp_path: Path) -> None:
    shutil.move(workspace / "definitions/klein", tmp_path / "elders")
    (workspace / "definitions/klein").symlink_to(tmp_path / "elders")
    assert "buiten-de-map" in {problem.code for problem in _answer(workspace).problems}


def test_links_in_a_circle(workspace: Path) -> None:
    letter = workspace / "definitions/klein/brieven/rond.yaml"
    letter.symlink_to(letter)
    assert [problem.code for problem in _answer(workspace).problems] == ["bestand-onleesbaar"]


def test_a_pipe_is_not_waited_for(workspace: Path) -> None:
    import os

    (workspace / _RULES).unlink()
    os.mkfifo(workspace / _RULES)
    assert "verwijst-naar-niets" in {problem.code for problem in _answer(workspace).problems}


_PIECES = [
    "",
    "x",
    "[]",
    "{}",
    "[a]",
    "{a: b}",
    "5",
    "ja",
    "-1",
    '"q"',
    "[[]]",
    "[{}]",
    "9" * 30,
    "..",
    "{een van: [{}]}",
]
_PIECES += [
    "{vervalt: ja}",
    '{$ref: "#/properties/a"}',
    "{ernst: {minstens: 4}}",
    "null",
    "{ingevuld: ja}",
    "[1, 1]",
]


def _spoiled(rng: random.Random, lines: list[str]) -> list[str]:
    index = rng.randrange(len(lines))
    old = lines[index]
    match rng.randrange(8):
        case 6 if ": " in old and not old.endswith(":"):
            # Brackets around one word: a list where a word was meant.
            key, _, value = old.partition(": ")
            new = [f"{key}: [{value}]"]
        case 7 if old.lstrip().startswith("- "):
            new = [old.replace("- ", "- - ", 1)]
        case 0:
            new = []
        case 1:
            new = [f"{old.partition(':')[0]}: {rng.choice(_PIECES)}"]
        case 2:
            new = [old.replace(":", "", 1)]
        case 3:
            new = [old, rng.choice(lines)]
        case 4:
            at = rng.randrange(len(old) + 1)
            new = [old[:at] + rng.choice("{}[],:\"'#&*!|>-?x 0") + old[at + rng.randrange(2) :]]
        case _:
            new = [" " * rng.randrange(9) + old.strip()]
    return [*lines[:index], *new, *lines[index + 1 :]] or [""]


def _spoil(workspace: Path, base: Path, rng: random.Random) -> list[Path]:
    """Spoil one or two files of a copy of the base; return which."""
    files = sorted(path.relative_to(base) for path in base.rglob("*.yaml"))
    chosen = rng.sample(files, rng.choice((1, 1, 2)))
    for file in chosen:
        lines = (base / file).read_text("utf-8").split("\n")
        for _ in range(rng.choice((1, 1, 3))):
            lines = _spoiled(rng, lines)
        (workspace / file).write_text("\n".join(lines), "utf-8")
    return chosen


def _fuzz(workspace: Path, base: Path, rounds: int, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(rounds):
        chosen = _spoil(workspace, base, rng)
        _answer(workspace)
        for file in chosen:
            shutil.copy(base / file, workspace / file)


def test_spoiled_files_never_raise(workspace: Path) -> None:
    _fuzz(workspace, BASE, 30, seed=1)


def test_spoiled_files_that_use_every_keyword_never_raise(tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(COMPLETE, tmp_path / "werkmap"))
    _fuzz(workspace, COMPLETE, 15, seed=3)


@pytest.mark.soak
def test_thousands_of_spoiled_files_that_use_every_keyword_never_raise(tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(COMPLETE, tmp_path / "werkmap"))
    _fuzz(workspace, COMPLETE, 5_000, seed=4)


def test_what_a_row_asks_without_a_type_is_answered_with_its_line(tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(COMPLETE, tmp_path / "werkmap"))
    form = workspace / "forms/klein/dossier.schema.yaml"
    text = form.read_text("utf-8")
    line = next(one for one in text.split("\n") if one.strip() == "title: Beslist op")
    place = text.index("type: string", text.index(line))
    form.write_text(f"{text[:place]}type: array{text[place + len('type: string') :]}", "utf-8")
    assert "veld-zonder-soort" in {problem.code for problem in _answer(workspace).problems}


@pytest.mark.parametrize(
    ("file", "line", "instead"),
    [
        ("rules/klein/regels.yaml", "- verwittig: hoofd", "- - verwittig: hoofd"),
        (
            "rules/klein/termijnen.yaml",
            "vul-in: {soort_bericht: klacht}",
            "vul-in: {soort_bericht: [klacht]}",
        ),
        ("definitions/klein/brieven/stand.yaml", "wijzen:", "vul-in: {ontvangen_op: [vandaag]}\n  wijzen:"),
    ],
)
def test_a_list_too_many_is_answered_with_its_line(
    tmp_path: Path, file: str, line: str, instead: str
) -> None:
    workspace = Path(shutil.copytree(COMPLETE, tmp_path / "werkmap"))
    text = (workspace / file).read_text("utf-8")
    assert text.count(line) == 1
    (workspace / file).write_text(text.replace(line, instead), "utf-8")
    assert file in {problem.place.file for problem in _answer(workspace).problems}


@pytest.mark.soak
def test_ten_thousand_spoiled_files_never_raise(workspace: Path) -> None:
    _fuzz(workspace, BASE, 10_000, seed=2)


def test_thousands_of_slips_are_answered_in_few_steps(workspace: Path) -> None:
    rules = "".join(
        f"  r{i}:\n    als: {{soort_berichtt{i}: klacht}}\n    dan: [{{vereis: veld_{i}}}]\n    omdat: x\n"
        for i in range(1000)
    )
    (workspace / _RULES).write_text(f"taal: nl\nregels:\n{rules}", "utf-8")
    assert len(_answer(workspace).problems) == 2000


# In a child process, with the limits that files from outside get


def _within_bounds(workspace: Path) -> None:
    answered = check_organisation(workspace, "klein")
    assert 0 < answered.steps < STEPS
    assert 0 < answered.memory < _LIMITS.memory
    assert answered.answer["problems"]
    assert answered.answer["departments"] == 0


def _fuzz_in_child(folder: Path, rounds: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load spoiled workspaces in children, a hundred in each: starting one takes longer than loading."""
    monkeypatch.setattr("gehoor.adapters.sandbox.process._SOURCE", CHILD_PATH)
    rng = random.Random(seed)
    for start in range(0, rounds, 100):
        places = [folder / str(number) for number in range(start, min(start + 100, rounds))]
        for place in places:
            shutil.copytree(BASE, place)
            _spoil(place, BASE, rng)
        asked = {"workspace": str(folder), "workspaces": [str(place) for place in places]}
        answered = run_confined("tests.hostile.load_many_worker", asked, Limits(STEPS * len(places)))
        assert max(answered.answer) < STEPS
        assert 0 < answered.memory < _LIMITS.memory
        for place in places:
            shutil.rmtree(place)


@pytest.mark.parametrize("steps", [3_000_000, pytest.param(STEPS, marks=pytest.mark.soak)])
def test_files_that_take_too_many_steps_are_put_down(
    workspace: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gehoor.bootstrap.checking.outside.STEPS", steps)
    too_heavy(workspace, 4 if steps < STEPS else 20)
    with pytest.raises(TooHeavyError) as stopped:
        check_organisation(workspace, "klein")
    assert stopped.value.reason is TooHeavy.STEPS


def test_files_that_take_too_much_memory_are_put_down(workspace: Path) -> None:
    too_heavy(workspace)
    asked = {"workspace": str(workspace), "organisation": "klein"}
    with pytest.raises(TooHeavyError) as stopped:
        run_confined("gehoor.bootstrap.checking.outside_child", asked, Limits(STEPS, memory=48 * _KB * _KB))
    assert stopped.value.reason is TooHeavy.MEMORY


@pytest.mark.share(3)
@pytest.mark.parametrize("name", _IN_A_CHILD)
def test_a_bomb_stays_within_the_bounds_of_a_child(workspace: Path, name: str) -> None:
    (workspace / _RULES).write_text(_BOMBS[name], "utf-8")
    _within_bounds(workspace)


@pytest.mark.soak
@pytest.mark.parametrize("name", _BOMBS)
@pytest.mark.parametrize("file", _FILES)
def test_every_bomb_stays_within_the_bounds_of_a_child(workspace: Path, name: str, file: str) -> None:
    (workspace / file).write_text(_BOMBS[name], "utf-8")
    _within_bounds(workspace)


def test_references_that_double_stay_within_the_bounds_of_a_child(workspace: Path) -> None:
    _double(workspace)
    _within_bounds(workspace)


def test_spoiled_files_stay_within_the_bounds_of_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fuzz_in_child(tmp_path, 15, 3, monkeypatch)


@pytest.mark.soak
def test_ten_thousand_spoiled_files_stay_within_the_bounds_of_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fuzz_in_child(tmp_path, 10_000, 4, monkeypatch)
