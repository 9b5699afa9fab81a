"""What every store does, whatever it is made of. A store inherits the suite and says how to open it."""

from __future__ import annotations

import random
import string
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import pytest

from gehoor.services.ports.store import (
    INDEX_ROOM,
    Bounds,
    Column,
    ColumnKind,
    Cursor,
    Document,
    DuplicateKeyError,
    Index,
    NoRoomError,
    Scalar,
    Store,
    StoreUnavailableError,
    TableSchema,
    Where,
)

SCHEMAS = (
    TableSchema("cases", (("attention_at",), ("department", "received_at"))),
    TableSchema("events"),
    TableSchema("counters"),
    TableSchema("pages", words="texts"),
    TableSchema(
        "lines",
        (
            Index(("place", "due_at"), also=("marks",)),
            Index(("place", "due_at"), only="marks"),
            Index(("hash",), only="hash", ties=False),
        ),
        columns=(
            Column("place", required=True),
            Column("n", ColumnKind.INTEGER),
            Column("open", ColumnKind.BOOLEAN),
            Column("due_at", ColumnKind.INSTANT),
            Column("hash", ColumnKind.HASH),
            Column("marks", ColumnKind.TEXTS),
        ),
        key="id",
    ),
    TableSchema(
        "links",
        columns=(
            Column("key", ColumnKind.HASH, required=True),
            Column("ago", ColumnKind.INTEGER, required=True),
            Column("note"),
        ),
        key="id",
        narrow=True,
        clustered=("key", "ago"),
    ),
)
INSTANTS = ("0001-01-01T00:00:00.000000Z", "2026-03-02T09:00:00.000001Z", "9999-12-31T23:59:59.999999Z")


class StoreContract:
    """Inherit, name the class ``Test...`` and define ``open_store``."""

    #: Whether what was committed is there when the store is opened again.
    durable: ClassVar[bool]

    def open_store(self, folder: Path) -> Store:
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = self.open_store(tmp_path)
        yield store
        store.close()

    @pytest.fixture
    def cases(self, store: Store) -> Store:
        """Six cases, put in out of order."""
        rows = {
            "k5": {"department": "roads", "received_at": "2026-03-01", "n": 5, "open": False},
            "k1": {"department": "roads", "received_at": "2026-01-01", "n": 10, "open": True},
            "k3": {"department": "roads", "received_at": None, "n": 3},
            "k2": {"department": "roads", "received_at": "2026-01-01", "n": 9, "open": "true"},
            "k4": {"department": "parks", "received_at": "2026-02-01", "n": "10"},
            "k6": {"department": "parks", "n": None},
        }
        with store.transaction() as tables:
            for key, row in rows.items():
                tables.insert("cases", key, {"id": key, **row})
        return store

    # Documents

    @pytest.mark.parametrize(
        "document",
        [
            {},
            {"text": 'é € 😀 "quoted" \\ \\u0000 \n\t', "": "no name", "a.b": 1, "$": 2, "ключ": 3},
            {"numbers": [0, -1, 2**53 + 1, 2**70, 0.1, -1.5e300], "truth": [True, False, None]},
            {"deep": {"list": [{"a": []}, {}, "x"]}, "key": "k", "doc_id": 7, "body": "b"},
            {"long": "x" * 300_000},
        ],
    )
    def test_a_document_comes_back_as_it_went_in(self, store: Store, document: dict[str, object]) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "ü/1", document)
            assert tables.get("cases", "ü/1") == document
        with store.snapshot() as tables:
            assert tables.get("cases", "ü/1") == document
            assert tables.select("cases") == [document]

    def test_a_document_in_the_store_is_nobodys_reference(self, store: Store) -> None:
        document = {"list": [1]}
        with store.transaction() as tables:
            tables.insert("cases", "k", document)
            document["list"].append(2)
            found = tables.get("cases", "k")
            assert found == {"list": [1]}
            found["list"].append(3)
            assert tables.select("cases") == [{"list": [1]}]
            tables.select("cases")[0]["list"].append(4)
            assert tables.get("cases", "k") == {"list": [1]}

    @pytest.mark.parametrize(
        ("table", "key", "document"),
        [
            ("cases", "k" * 3000, {"n": 1}),
            ("lines", "k", {"id": "k", "place": "\u00e9" * 1300}),
            ("lines", "k", {"id": "k", "place": "p", "hash": "zz" * 1300}),
            ("links", "k" * 1200, {"id": "k" * 1200, "key": "zz" * 700, "ago": 1, "note": None}),
        ],
    )
    def test_what_is_looked_up_by_is_as_short_as_every_store_bears(
        self, store: Store, table: str, key: str, document: Document
    ) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "sound", {"n": 1})
            with pytest.raises(NoRoomError):
                tables.put(table, key, document)
            tables.put("cases", "after", {"n": 2})
        with store.snapshot() as tables:
            assert tables.count("cases") == 2

    def test_what_is_looked_up_by_may_be_long(self, store: Store) -> None:
        """The longest that may be: no store says otherwise, whatever it is made of."""
        signs = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=INDEX_ROOM - 10))
        with store.transaction() as tables:
            tables.put("cases", signs, {"n": 1})
            tables.put("lines", "k", {"id": "k", "place": signs})
        with store.snapshot() as tables:
            assert tables.count("lines", where={"place": signs}) == 1

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), "a\0b", "\ud800", {"deep": ["\\\0"]}])
    def test_what_cannot_be_kept_is_refused_and_the_transaction_goes_on(
        self, store: Store, value: object
    ) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "before", {"x": 1})
            with pytest.raises(ValueError):  # noqa: PT011 - each store has its own words
                tables.insert("cases", "bad", {"x": value})
            with pytest.raises(ValueError):  # noqa: PT011
                tables.put("cases", "before", {"x": value})
            tables.insert("cases", "after", {"x": 2})
        with store.snapshot() as tables:
            assert tables.select("cases") == [{"x": 2}, {"x": 1}]

    def test_what_is_no_json_is_refused(self, store: Store) -> None:
        with store.transaction() as tables, pytest.raises(TypeError):
            tables.insert("cases", "bad", {"x": object()})

    # Keys

    def test_a_missing_key_gives_nothing(self, store: Store) -> None:
        with store.transaction() as tables:
            assert tables.get("cases", "none") is None
            tables.delete("cases", "none")

    def test_a_key_is_taken_once_per_table(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "k", {"x": 1})
            tables.insert("events", "k", {"x": 2})
        with store.transaction() as tables:
            with pytest.raises(DuplicateKeyError):
                tables.insert("cases", "k", {"x": 3})
            assert tables.get("cases", "k") == {"x": 1}
            tables.insert("cases", "k2", {"x": 4})
        with store.snapshot() as tables:
            assert tables.select("cases") == [{"x": 1}, {"x": 4}], "a refused key undid more than itself"
            assert tables.get("events", "k") == {"x": 2}

    def test_put_replaces_the_whole_document(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.put("cases", "k", {"a": 1, "b": 2})
            tables.put("cases", "k", {"a": 3})
            assert tables.get("cases", "k") == {"a": 3}
            assert tables.count("cases") == 1

    def test_delete_removes_the_document_and_frees_its_key(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "k", {"a": 1})
            tables.delete("cases", "k")
            assert tables.get("cases", "k") is None
            assert tables.select("cases", where={"a": 1}) == []
            tables.insert("cases", "k", {"a": 2})

    def test_keys_differ_by_case_accent_and_space(self, store: Store) -> None:
        keys = ["a", "A", "á", "a ", " a", "1", "01", ""]
        with store.transaction() as tables:
            for key in keys:
                tables.insert("cases", key, {"key": key})
            assert [tables.get("cases", key) for key in keys] == [{"key": key} for key in keys]

    def test_a_table_nobody_announced_is_a_mistake(self, store: Store) -> None:
        with store.transaction() as tables:
            with pytest.raises(KeyError):
                tables.get("elsewhere", "k")
            with pytest.raises(KeyError):
                tables.put("elsewhere", "k", {})

    # Looking up

    def test_select_by_members(self, cases: Store) -> None:
        with cases.snapshot() as tables:

            def keys(**where: object) -> list[object]:
                assert tables.count("cases", where=where) == len(tables.select("cases", where=where))
                return [row["id"] for row in tables.select("cases", where=where)]

            assert keys() == ["k1", "k2", "k3", "k4", "k5", "k6"]
            assert keys(department="parks") == ["k4", "k6"]
            assert keys(department="roads", received_at="2026-01-01") == ["k1", "k2"]
            assert keys(department=["parks", "nowhere"], n=["10", 3]) == ["k4"]
            assert keys(department=[]) == []
            assert keys(department="Roads") == []
            assert keys(nowhere="x") == []

    def test_totals_by_a_column(self, store: Store) -> None:
        rows = [("a", 5), ("b", 7), ("a", 2**40), ("a", None), (None, 3), ("", 1)]
        with store.transaction() as tables:
            assert tables.totals("lines", "n", by="place") == {}
            for number, (place, n) in enumerate(rows):
                tables.insert("lines", str(number), {"id": str(number), "hash": place, "place": "x", "n": n})
            assert tables.totals("lines", "n", by="place") == {"x": sum(n for _, n in rows if n)}
        with store.snapshot() as tables:
            assert tables.totals("lines", "n", by="hash") == {"a": 5 + 2**40, "b": 7, "": 1}
            with pytest.raises(KeyError):
                tables.totals("elsewhere", "n", by="place")

    def test_tally_by_a_column(self, store: Store) -> None:
        rows = [("a", 5, ["x", "y"]), ("b", 7, ["y"]), ("a", 7, []), (None, 3, None)]
        with store.transaction() as tables:
            assert tables.tally("lines", "hash") == {}
            for number, (word, n, marks) in enumerate(rows):
                line = {"id": f"k{number}", "place": "p", "hash": word, "n": n, "marks": marks}
                tables.insert("lines", f"k{number}", line)
            assert tables.tally("lines", "hash") == {"a": 2, "b": 1, None: 1}
        with store.snapshot() as tables:
            assert tables.tally("lines", "n", where={"hash": ["a", "b"]}) == {5: 1, 7: 2}
            assert tables.tally("lines", "marks") == {"x": 1, "y": 2}
            but_one = Where({"hash": "a"}, without=("k0", "k9"))
            assert tables.tally("lines", "marks", where=but_one) == {}
            for where in (Where(), Where({"n": 7}), Where(holding=(("marks", "y"),))):
                counted = tables.tally("lines", "hash", where=where)
                assert sum(counted.values()) == tables.count("lines", where=where)
            with pytest.raises(KeyError):
                tables.tally("lines", "nowhere")

    def test_parts_of_documents(self, store: Store) -> None:
        inside = {"a": {"b": [1, {"c": "d"}], "e": "\u00e9\"'"}, "f": True}
        with store.transaction() as tables:
            for number, more in enumerate((inside, {"a": None}, {"a": {"b": "x"}})):
                kept = {"id": f"k{number}", "number": f"N-{number}", "department": "p", **more}
                tables.insert("cases", f"k{number}", kept)
        with store.snapshot() as tables:
            wanted = (("id",), ("a", "b"), ("department",), ("a", "e"), ("f",), ("nowhere", "at", "all"))
            found = sorted(tables.parts("cases", wanted, where={"department": "p"}))
            assert found == [
                ("k0", [1, {"c": "d"}], "p", "\u00e9\"'", True, None),
                ("k1", None, "p", None, None, None),
                ("k2", "x", "p", None, None, None),
            ]
            assert tables.parts("cases", wanted, where={"department": "q"}) == []
            assert sorted(tables.parts("cases", (("id",), ("f",)))) == [
                ("k0", True),
                ("k1", None),
                ("k2", None),
            ]
            assert sorted(tables.parts("cases", (("id",),))) == [("k0",), ("k1",), ("k2",)]
            hinted = tables.parts("cases", (("id",),), mentioning=(("c", "d"), ("e", None)))
            assert ("k0",) in hinted
            but_one = Where({"department": "p"}, without=("k0",))
            assert sorted(tables.parts("cases", (("id",),), where=but_one)) == [("k1",), ("k2",)]

    def test_text_numbers_and_truth_values_are_different_things(self, cases: Store) -> None:
        with cases.snapshot() as tables:

            def keys(**where: object) -> list[object]:
                return [row["id"] for row in tables.select("cases", where=where)]

            assert keys(n=10) == ["k1"]
            assert keys(n="10") == ["k4"]
            assert keys(open=True) == ["k1"]
            assert keys(open=False) == ["k5"]
            assert keys(open="true") == ["k2"]

    def test_a_value_with_quotes_and_signs_is_only_a_value(self, store: Store) -> None:
        odd = ["'; DROP TABLE cases; --", '"', "%", "_", "\\", "{}", "[1]", "null", "", "*", "😀"]
        with store.transaction() as tables:
            for number, text in enumerate(odd):
                tables.insert("cases", f"{number:02}", {"department": text})
            tables.insert("cases", "list", {"department": [1]})
            tables.insert("cases", "object", {"department": {}})
            for text in odd:
                assert tables.select("cases", where={"department": text}) == [{"department": text}]
            assert len(tables.select("cases", where={"department": odd})) == len(odd)

    def test_members_with_any_name_can_be_looked_up(self, store: Store) -> None:
        document = {"a.b": 1, 'it"s': 2, "naïef": 3, "$": 4}
        with store.transaction() as tables:
            tables.insert("cases", "k", document)
            tables.insert("cases", "other", {"a": {"b": 1}})
            for name, value in document.items():
                assert tables.select("cases", where={name: value}) == [document]

    def test_at_most_needs_a_value_and_includes_the_bound(self, store: Store) -> None:
        moments = {"k1": "2026-01-02", "k2": "2026-01-01", "k3": None, "k4": "2026-01-03", "k6": 5, "k7": [1]}
        with store.transaction() as tables:
            for key, moment in moments.items():
                tables.insert("cases", key, {"id": key, "attention_at": moment, "odd": len(key) == 2})
            tables.insert("cases", "k5", {"id": "k5"})

            def keys(bound: str | int, **where: object) -> list[object]:
                found = tables.select(
                    "cases", where=where, at_most=("attention_at", bound), order_by=("attention_at",)
                )
                return [row["id"] for row in found]

            assert keys("2026-01-02") == ["k2", "k1"]
            assert keys("2026-01-02", odd=True) == ["k2", "k1"]
            assert keys("2025") == []
            assert keys("~") == ["k2", "k1", "k4"]
            assert keys(5) == ["k6"]
            assert keys(4) == []

    def test_order_has_null_and_missing_last_and_ties_by_key(self, cases: Store) -> None:
        with cases.snapshot() as tables:

            def keys(*order_by: str, **options: int) -> list[object]:
                return [row["id"] for row in tables.select("cases", order_by=order_by, **options)]

            assert keys("received_at") == ["k1", "k2", "k4", "k5", "k3", "k6"]
            assert keys("department", "received_at") == ["k4", "k6", "k1", "k2", "k5", "k3"]
            assert keys("received_at", limit=2) == ["k1", "k2"]
            assert keys("received_at", limit=2, offset=3) == ["k5", "k3"]
            assert keys("received_at", offset=4) == ["k3", "k6"]
            assert keys(limit=0) == []
            assert keys(offset=9) == []

    def test_descending_is_the_other_way_round_but_for_what_is_missing(self, cases: Store) -> None:
        with cases.snapshot() as tables:

            def keys(*order_by: str, **options: int) -> list[object]:
                return [row["id"] for row in tables.select("cases", order_by=order_by, **options)]

            assert keys("-received_at") == ["k5", "k4", "k2", "k1", "k6", "k3"]
            assert keys("-department", "received_at") == ["k2", "k1", "k5", "k3", "k4", "k6"]
            assert keys("department", "-received_at") == ["k4", "k6", "k5", "k1", "k2", "k3"]
            assert keys("-received_at", limit=2, offset=1) == ["k4", "k2"]

    @pytest.mark.parametrize(
        ("bounds", "found"),
        [
            (("2026-01-01", None), ["k1", "k2", "k4", "k5"]),
            (("2026-01-02", None), ["k4", "k5"]),
            ((None, "2026-02-01"), ["k1", "k2", "k4"]),
            (("2026-01-01", "2026-01-01"), ["k1", "k2"]),
            (("2026-01-02", "2026-01-31"), []),
        ],
    )
    def test_between_includes_both_bounds_and_needs_a_text(
        self, cases: Store, bounds: Bounds, found: list[str]
    ) -> None:
        where = Where(between={"received_at": bounds})
        with cases.transaction() as tables:
            tables.insert("cases", "k7", {"id": "k7", "received_at": 20260101})
            tables.insert("cases", "k8", {"id": "k8", "received_at": ["2026-01-01"]})
            assert [row["id"] for row in tables.select("cases", where=where)] == found
            assert tables.count("cases", where=where) == len(found)

    def test_bounds_on_several_members_all_count(self, cases: Store) -> None:
        where = Where({"open": True}, {"received_at": ("2026", None), "department": ("a", "s")})
        with cases.snapshot() as tables:
            assert [row["id"] for row in tables.select("cases", where=where)] == ["k1"]

    def test_a_list_is_found_by_what_is_in_it(self, store: Store) -> None:
        flags: dict[str, object] = {
            "k1": ["late", "x"], "k2": ["late"], "k3": [], "k4": "late", "k5": {"late": 1}, "k6": [1, True, ["late"]],
        }  # fmt: skip
        with store.transaction() as tables:
            for key, value in flags.items():
                tables.insert("cases", key, {"id": key, "flags": value})
            tables.insert("cases", "k7", {"id": "k7"})

            def keys(wanted: Scalar) -> list[object]:
                where = Where(holding=(("flags", wanted),))
                found = [row["id"] for row in tables.select("cases", where=where)]
                assert tables.count("cases", where=where) == len(found)
                return found

            assert keys("late") == ["k1", "k2"]
            assert keys("la") == []
            assert keys("1") == []
            assert keys(1) == ["k6"]
            assert keys(True) == ["k6"]
            assert keys(False) == []

    def test_some_keys_can_be_left_out_of_lists_and_counts(self, cases: Store) -> None:
        where = Where({"department": "roads"}, without=("k1", "k4", "nowhere"))
        with cases.snapshot() as tables:
            found = tables.select("cases", where=where, order_by=("received_at",), limit=2)
            assert [row["id"] for row in found] == ["k2", "k5"]
            assert tables.count("cases", where=where) == 3

    @pytest.mark.parametrize(("most", "counted"), [(0, 0), (1, 1), (2, 2), (3, 3), (9, 3)])
    def test_no_more_are_counted_than_are_asked_for(self, cases: Store, most: int, counted: int) -> None:
        where = Where({"department": "roads"}, without=("k1", "k4", "nowhere"))
        with cases.snapshot() as tables:
            assert tables.count("cases", where=where, most=most) == counted

    # Columns

    @pytest.mark.parametrize(
        "line",
        [
            {"place": ""},
            {"place": "é 😀 \x1f", "more": {"deep": [None]}},
            {"place": "x", "n": None, "open": None, "due_at": None, "hash": None, "marks": None},
            {"place": "x", "n": -(2**63), "open": False, "due_at": INSTANTS[0], "hash": "00ff", "marks": []},
            {"place": "x", "n": 2**63 - 1, "open": True, "due_at": INSTANTS[2], "hash": "FF", "marks": [""]},
            {"place": "x", "n": 0, "hash": "no hash", "marks": ["a", 'b "c" \\ \x1f \\u001f', "", "é"]},
            {"place": "x", "due_at": INSTANTS[1], "hash": "", "marks": [",", '","', "a"]},
        ],
    )
    def test_a_document_with_columns_comes_back_as_it_went_in(self, store: Store, line: Document) -> None:
        document = {"id": "k", **line}
        with store.transaction() as tables:
            tables.insert("lines", "k", document)
            assert tables.get("lines", "k") == document
        with store.snapshot() as tables:
            assert tables.select("lines") == [document]
            for name, value in line.items():
                if isinstance(value, str | int):
                    assert tables.select("lines", where={name: value}) == [document]
            for mark in line.get("marks") or ():
                assert tables.select("lines", where=Where(holding=(("marks", mark),))) == [document]

    @pytest.mark.parametrize(
        "line",
        [
            {},
            {"place": None},
            {"place": 1},
            {"place": "x", "n": "1"},
            {"place": "x", "n": True},
            {"place": "x", "n": 2**63},
            {"place": "x", "open": 1},
            {"place": "x", "due_at": "2026-03-02"},
            {"place": "x", "due_at": "2026-03-02T09:00:00.000000+00:00"},
            {"place": "x", "marks": "a"},
            {"place": "x", "marks": [1]},
            {"place": "x", "id": "other"},
            {"place": "a\0b"},
            {"place": "x", "marks": ["\ud800"]},
        ],
    )
    def test_what_no_column_can_hold_is_refused_and_the_transaction_goes_on(
        self, store: Store, line: Document
    ) -> None:
        with store.transaction() as tables:
            with pytest.raises((TypeError, ValueError)):
                tables.insert("lines", "k", {"id": "k", **line})
            tables.insert("lines", "k", {"id": "k", "place": "x"})

    @pytest.fixture
    def lines(self, store: Store) -> Store:
        rows: dict[str, Document] = {
            "k1": {"n": 1, "open": True, "due_at": INSTANTS[1], "marks": ["late", "x"], "hash": "ab"},
            "k2": {"n": 2, "open": False, "due_at": INSTANTS[1], "marks": ["late"], "hash": "ab"},
            "k3": {"n": 3, "due_at": None, "marks": []},
            "k4": {"n": 2, "due_at": INSTANTS[0], "marks": ["later"], "hash": "AB"},
            "k5": {"n": 1, "open": True, "due_at": INSTANTS[2]},
            "k6": {},
        }
        with store.transaction() as tables:
            tables.insert_many(
                "lines", ((key, {"id": key, "place": "here", **row}) for key, row in rows.items())
            )
        return store

    @pytest.mark.parametrize(
        ("where", "found"),
        [
            ({"n": 2}, "k2 k4"),
            ({"n": [1, 3, "2", True]}, "k1 k3 k5"),
            ({"n": "2"}, ""),
            ({"open": True}, "k1 k5"),
            ({"open": [False]}, "k2"),
            ({"open": "true"}, ""),
            ({"id": ["k1", "k6"]}, "k1 k6"),
            ({"id": 1}, ""),
            ({"due_at": INSTANTS[1]}, "k1 k2"),
            ({"due_at": "2026"}, ""),
            ({"hash": "ab"}, "k1 k2"),
            ({"hash": ["AB", "cd"]}, "k4"),
            ({"marks": "late"}, ""),
            ({"place": "here", "n": 1, "open": True}, "k1 k5"),
            (Where(holding=(("marks", "late"),)), "k1 k2"),
            (Where(holding=(("marks", "lat"),)), ""),
            (Where(holding=(("marks", 1),)), ""),
            (Where(holding=(("place", "here"),)), ""),
            (Where(between={"due_at": (INSTANTS[1], None)}), "k1 k2 k5"),
            (Where(between={"due_at": (None, INSTANTS[1])}), "k1 k2 k4"),
            (Where(between={"due_at": ("2026", "3")}), "k1 k2"),
            (Where(between={"n": ("0", None)}), ""),
            (Where({"place": "here"}, {"place": ("h", "i")}, (("marks", "late"),), ("k2", "k9")), "k1"),
            (Where(without=("k1", "k2", "k3", "k4", "\ud800")), "k5 k6"),
        ],
    )
    def test_columns_are_asked_as_members_are(self, lines: Store, where: Where, found: str) -> None:
        with lines.snapshot() as tables:
            assert [row["id"] for row in tables.select("lines", where=where)] == found.split()
            assert tables.count("lines", where=where) == len(found.split())

    def test_columns_follow_the_document(self, lines: Store) -> None:
        with lines.transaction() as tables:
            tables.put("lines", "k1", {"id": "k1", "place": "there"})
            assert tables.get("lines", "k1") == {"id": "k1", "place": "there"}
            tables.delete("lines", "k2")
            assert tables.select("lines", where=Where(holding=(("marks", "late"),))) == []
            assert tables.count("lines", where={"place": "here"}) == 4

    def test_a_narrow_table_has_only_columns(self, store: Store) -> None:
        def link(key: str, ago: int, note: str | None = None) -> Document:
            return {"id": f"d{-ago}", "key": key, "ago": ago, "note": note}

        with store.transaction() as tables:
            for document in (link("aa", -1), link("bb", -2, "x"), link("aa", -3), link("aa", -(2**40))):
                tables.put("links", document["id"], document)
            tables.put("links", "d1", link("aa", -1, "again"))
            with pytest.raises(DuplicateKeyError):
                tables.insert("links", "d1", link("cc", -1))
            with pytest.raises((TypeError, ValueError)):
                tables.put("links", "d9", {**link("cc", -9), "more": 1})
            with pytest.raises((TypeError, ValueError)):
                tables.put("links", "d9", {"id": "d9", "key": "cc", "ago": 9})
        with store.snapshot() as tables:
            found = tables.select(
                "links", where={"key": "aa"}, at_most=("ago", -1), order_by=("ago",), limit=2
            )
            assert found == [link("aa", -(2**40)), link("aa", -3)]
            assert tables.get("links", "d1") == link("aa", -1, "again")
            assert tables.count("links", where={"note": "x"}) == 1
        with store.transaction() as tables:
            tables.put("links", "d1", link("bb", -1))
            tables.delete("links", "d2")
            assert tables.select("links", where={"key": "bb"}) == [link("bb", -1)]
            assert tables.count("links") == 3

    # Many at once

    def test_many_are_inserted_all_or_none(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "k2", {"x": 0})
            for table, bad in (("cases", {"x": object()}), ("cases", {"x": 2}), ("lines", {"id": "k2"})):
                with pytest.raises((TypeError, ValueError, DuplicateKeyError)):
                    tables.insert_many(table, [("k1", {"id": "k1", "place": "x"}), ("k2", bad)])
            tables.insert_many("cases", iter([("k3", {"x": 3}), ("k4", {"x": 4})]))
            tables.insert_many("cases", [])
        with store.snapshot() as tables:
            assert tables.select("cases") == [{"x": 0}, {"x": 3}, {"x": 4}]
            assert tables.count("lines") == 0

    def test_many_are_put_and_the_last_of_a_key_stays(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.put_many("cases", [("k1", {"x": 1}), ("k2", {"x": 2}), ("k1", {"x": 3})])
            with pytest.raises(TypeError):
                tables.put_many("cases", [("k2", {"x": 4}), ("k3", {"x": object()})])
        with store.snapshot() as tables:
            assert tables.select("cases") == [{"x": 3}, {"x": 2}]
            for write in (tables.insert_many, tables.put_many):
                with pytest.raises(TypeError):
                    write("cases", [("k9", {})])

    def test_many_are_put_in_the_place_of_what_stood_there(self, store: Store) -> None:
        first = [{"id": f"k{n}", "place": "here", "n": n, "due_at": None} for n in range(4)]
        with store.transaction() as tables:
            tables.insert_many("lines", ((one["id"], one) for one in first))
            kept = {one["id"]: one for one in tables.select("lines")}
            tables.replace_many(
                "lines",
                [
                    ("k0", kept["k0"], {**kept["k0"], "n": 7}),
                    ("k1", kept["k1"], {**kept["k1"], "place": "there", "also": [1]}),
                    ("k2", kept["k2"], kept["k2"]),
                    # Not what stands there: it is replaced all the same.
                    ("k3", {**kept["k3"], "n": 99}, {**kept["k3"], "n": 8}),
                    ("k9", kept["k0"] | {"id": "k9"}, kept["k0"] | {"id": "k9", "n": 9}),
                ],
            )
            tables.replace_many("lines", [])
        with store.snapshot() as tables:
            assert {one["id"]: one for one in tables.select("lines")} == {
                "k0": {**kept["k0"], "n": 7},
                "k1": {**kept["k1"], "place": "there", "also": [1]},
                "k2": kept["k2"],
                "k3": {**kept["k3"], "n": 8},
                "k9": {**kept["k0"], "id": "k9", "n": 9},
            }
            assert [one["id"] for one in tables.select("lines", where={"place": "there"})] == ["k1"]
            assert [one["id"] for one in tables.select("lines", order_by=("-n",))][:3] == ["k9", "k3", "k0"]
            with pytest.raises(TypeError):
                tables.replace_many("lines", [("k0", kept["k0"], kept["k0"])])

    def test_many_are_replaced_all_or_none_and_the_last_of_a_key_stays(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.put_many("cases", [("k1", {"x": 1}), ("k2", {"x": 2})])
            with pytest.raises(TypeError):
                tables.replace_many("cases", [("k1", {"x": 1}, {"x": 3}), ("k2", {"x": 2}, {"x": object()})])
            assert tables.select("cases") == [{"x": 1}, {"x": 2}]
            tables.replace_many(
                "cases", [("k1", {"x": 1}, {"x": 4, "y": 1}), ("k1", {"x": 4, "y": 1}, {"x": 5})]
            )
        with store.snapshot() as tables:
            assert tables.select("cases") == [{"x": 5}, {"x": 2}]

    # Which moment it is

    def test_a_moment_is_equal_only_while_nothing_is_committed(self, store: Store) -> None:
        with store.snapshot() as tables:
            first = tables.moment()
            assert tables.moment() == first
        with store.transaction() as tables:
            quiet = tables.moment()
            tables.put("cases", "k1", {"x": 1})
        assert quiet == first
        with store.snapshot() as tables:
            after = tables.moment()
        assert after != first

        def another_commits() -> None:
            with store.transaction() as tables:
                tables.put("cases", "k2", {"x": 2})

        with ThreadPoolExecutor(1) as other:
            other.submit(another_commits).result()
        with store.snapshot() as tables:
            assert tables.moment() not in (first, after)

    def test_what_was_undone_changes_no_moment(self, store: Store) -> None:
        with store.snapshot() as tables:
            first = tables.moment()
        with suppress(RuntimeError), store.transaction() as tables:
            tables.put("cases", "k1", {"x": 1})
            raise RuntimeError
        with store.snapshot() as tables:
            assert tables.moment() == first

    # From a place on

    @pytest.mark.parametrize(
        ("table", "member"),
        [
            ("lines", "n"),
            ("lines", "due_at"),
            ("lines", "place"),
            ("lines", "id"),
            ("cases", "n"),
            ("cases", "due_at"),
        ],
    )
    @pytest.mark.parametrize("way", ["", "-"])
    @pytest.mark.parametrize("limit", [1, 2, 4])
    def test_a_list_is_walked_by_places_in_it_both_ways(
        self, lines: Store, table: str, member: str, way: str, limit: int
    ) -> None:
        with lines.transaction() as tables:
            tables.put_many("cases", ((row["id"], row) for row in tables.select("lines")))
        where = Where({"place": "here"}, without=("k2",))
        order = (f"{way}{member}",)
        with lines.snapshot() as tables:
            whole = [row["id"] for row in tables.select(table, where=where, order_by=order)]

            def walk(cursor: Cursor | None, *, backwards: bool) -> list[str]:
                found: list[str] = []
                while page := tables.select(table, where=where, order_by=order, limit=limit, cursor=cursor):
                    found[0 if backwards else len(found) : 0] = [row["id"] for row in page]
                    edge = page[0 if backwards else -1]
                    cursor = Cursor(edge.get(member), edge["id"], backwards)
                return found

            assert walk(None, backwards=False) == whole
            last = tables.get(table, whole[-1])
            assert last is not None
            assert walk(Cursor(last.get(member), whole[-1], backwards=True), backwards=True) == whole[:-1]

    def test_a_place_needs_nobody_in_it(self, lines: Store) -> None:
        with lines.snapshot() as tables:

            def keys(order: str, *cursor: object, limit: int | None = None) -> list[str]:
                found = tables.select("lines", order_by=(order,), limit=limit, cursor=Cursor(*cursor))  # type: ignore[arg-type]
                return [row["id"] for row in found]

            assert keys("n", 2, "k3") == ["k4", "k3", "k6"]
            assert keys("n", 2, "k3", True) == ["k1", "k5", "k2"]
            assert keys("-n", 2, "k3", True, limit=1) == ["k4"]
            assert keys("n", None, "k0", True, limit=2) == ["k4", "k3"]
            assert keys("due_at", "2026", "k0", limit=1) == ["k1"]
            assert keys("n", 2, "k3", True, limit=0) == keys("n", 2, "k3", limit=0) == []

    def test_a_place_belongs_to_one_order(self, lines: Store) -> None:
        with lines.snapshot() as tables:
            for order, offset in (((), 0), (("n", "id"), 0), (("n",), 1)):
                with pytest.raises(ValueError, match="by one member"):
                    tables.select("lines", order_by=order, offset=offset, cursor=Cursor(1, "k1"))

    # Words

    @pytest.fixture
    def library(self, store: Store) -> Store:
        texts = {
            "p1": ["BEU-2026-0001", "De bel van Élise\ngaat niet."],
            "p2": ["BEU-2026-0012", "De bél van Jan d'Hondt: soep, 100% koud!"],
            "p3": ["EIK-2026-0001", 'Ongehoord AND OR NOT bell* NEAR(x) "quoted" İstanbul straße'],
        }
        with store.transaction() as tables:
            for key, parts in texts.items():
                tables.insert("pages", key, {"id": key, "house": parts[0][:3], "texts": parts})
            tables.insert("pages", "none", {"id": "none", "texts": 5})
        return store

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (["bel"], ["p3", "p2", "p1"]),
            (["bel", "soep"], ["p2"]),
            (["BÉL", "elis"], ["p1"]),
            (["els"], []),
            (["ehoord"], []),
            (["beu-2026-0001"], ["p1"]),
            (["2026-00"], ["p3", "p2", "p1"]),
            (["0001"], ["p3", "p1"]),
            (["d'hondt"], ["p2"]),
            (["hondt", "d"], ["p2"]),
            (["istanbul"], ["p3"]),
        ],
    )
    def test_words_find_what_begins_with_each_of_them(
        self, library: Store, words: list[str], found: list[str]
    ) -> None:
        with library.snapshot() as tables:
            assert [row["id"] for row in tables.search("pages", words)] == found

    @pytest.mark.parametrize(
        "typed",
        ['"', '""', "'", "*", "bel*", "(", "AND", "a OR", "NOT", "NEAR(a b)", "text:bel", "^bel", "-bel", "+", "%",
         "\\", "{", "}", "[", ";", "--", "a\0b", "\x00", "\ud800", "😀", "", "   ", "\n", "bel AND",
         "\"bel", "col : x", "ß"],
    )  # fmt: skip
    def test_nothing_that_is_typed_is_an_operator_or_an_error(self, library: Store, typed: str) -> None:
        with library.snapshot() as tables:
            for words in ([typed], typed.split(), [typed, "bel"]):
                tables.search("pages", words)
            assert [row["id"] for row in tables.search("pages", ["and"])] == ["p3"]
            assert [row["id"] for row in tables.search("pages", ["bell*"])] == ["p3"]

    def test_without_a_letter_or_digit_nothing_is_found(self, library: Store) -> None:
        with library.snapshot() as tables:
            assert tables.search("pages", []) == tables.search("pages", ["", "--", "*"]) == []
            assert [row["id"] for row in tables.search("pages", ["--", "soep"])] == ["p2"]

    def test_words_are_found_within_what_was_asked_and_page_by_page(self, library: Store) -> None:
        with library.snapshot() as tables:
            found = tables.search("pages", ["bel"], where={"house": ["BEU", "XXX"]})
            assert [row["id"] for row in found] == ["p2", "p1"]
            assert tables.search("pages", ["bel"], where={"house": "BEU"}, limit=1) == found[:1]
            assert tables.search("pages", ["bel"], where={"house": "BEU"}, limit=5, offset=1) == found[1:]
            left = tables.search("pages", ["bel"], where=Where(without=("p2",)))
            assert [row["id"] for row in left] == ["p3", "p1"]

    def test_words_follow_the_document(self, library: Store) -> None:
        with library.transaction() as tables:
            tables.put("pages", "p1", {"id": "p1", "texts": "Nu over thee"})
            tables.delete("pages", "p2")
            assert [row["id"] for row in tables.search("pages", ["the"])] == ["p1"]
            assert tables.search("pages", ["soep"]) == []
        with library.snapshot() as tables:
            assert tables.search("pages", ["elise"]) == []
            assert tables.count("pages") == 3

    def test_words_of_what_was_undone_are_not_found(self, library: Store) -> None:
        def fail() -> None:
            with library.transaction() as tables:
                tables.insert("pages", "p4", {"id": "p4", "texts": ["verloren"]})
                tables.delete("pages", "p2")
                raise LookupError

        with pytest.raises(LookupError):
            fail()
        with library.snapshot() as tables:
            assert tables.search("pages", ["verloren"]) == []
            assert [row["id"] for row in tables.search("pages", ["soep"])] == ["p2"]

    def test_a_table_without_words_cannot_be_searched(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "k", {"texts": "bel"})
            with pytest.raises(KeyError):
                tables.search("cases", ["bel"])

    def test_text_is_sorted_by_code_point_and_numbers_by_size(self, store: Store) -> None:
        texts = ["", " ", "10", "9", "A", "Z", "a", "z", "~", "É", "é", "\uffff", "😀"]
        with store.transaction() as tables:
            for number, text in enumerate(reversed(texts)):
                tables.insert("cases", f"{number:02}", {"text": text, "n": 9 - number})
            assert [row["text"] for row in tables.select("cases", order_by=["text"])] == texts
            numbers = [row["n"] for row in tables.select("cases", order_by=["n"])]
            assert numbers == sorted(numbers)

    def test_an_index_follows_the_document(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "k", {"attention_at": "2026-01-01"})
            tables.put("cases", "k", {"attention_at": "2027-01-01"})
        with store.snapshot() as tables:
            assert tables.select("cases", at_most=("attention_at", "2026-12-31")) == []
            assert tables.select("cases", where={"attention_at": "2026-01-01"}) == []
            assert len(tables.select("cases", where={"attention_at": "2027-01-01"})) == 1

    # Transactions

    def test_an_exception_undoes_everything(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "kept", {"x": 1})
            tables.insert("cases", "gone", {"x": 1})

        def fail() -> None:
            with store.transaction() as tables:
                tables.insert("events", "e", {})
                tables.put("cases", "kept", {"x": 2})
                tables.delete("cases", "gone")
                raise LookupError

        with pytest.raises(LookupError):
            fail()
        with store.snapshot() as tables:
            assert tables.get("events", "e") is None
            assert tables.select("cases") == [{"x": 1}, {"x": 1}]

    def test_a_transaction_reads_what_it_wrote(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("cases", "k", {"department": "roads"})
            assert tables.count("cases", where={"department": "roads"}) == 1

    def test_a_snapshot_refuses_to_write(self, store: Store) -> None:
        with store.snapshot() as tables:
            for write in (
                lambda: tables.insert("cases", "k", {}),
                lambda: tables.put("cases", "k", {}),
                lambda: tables.delete("cases", "k"),
            ):
                with pytest.raises(TypeError):
                    write()
        with store.snapshot() as tables:
            assert tables.count("cases") == 0

    def test_a_snapshot_is_one_moment(self, store: Store) -> None:
        def write(key: str) -> None:
            with store.transaction() as tables:
                tables.insert("cases", key, {})

        write("before")
        with store.snapshot() as tables, ThreadPoolExecutor(1) as other:
            other.submit(write, "during").result()
            assert tables.count("cases") == 1, "a snapshot saw a later moment than its own"
            assert tables.get("cases", "during") is None
        with store.snapshot() as tables:
            assert tables.count("cases") == 2

    def test_blocks_do_not_nest_in_a_thread(self, store: Store) -> None:
        for outer in (store.transaction, store.snapshot):
            for inner in (store.transaction, store.snapshot):
                with outer(), pytest.raises(RuntimeError, match="open in this thread"), inner():
                    pass
                with inner():
                    pass

    def test_a_block_that_ended_is_of_no_more_use(self, store: Store) -> None:
        for block in (store.transaction, store.snapshot):
            with block() as tables:
                pass
            for use in (lambda: tables.put("cases", "k", {}), lambda: tables.get("cases", "k")):
                with pytest.raises(RuntimeError, match="ended"):
                    use()

    def test_threads_lose_no_update(self, store: Store) -> None:
        threads, rounds = 4, 25

        def count_up(_: int) -> None:
            for _ in range(rounds):
                with store.transaction() as tables:
                    number = (tables.get("counters", "n") or {"n": 0})["n"] + 1
                    tables.put("counters", "n", {"n": number})
                    tables.insert("events", f"{number:04}", {"n": number})

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(count_up, range(threads)))
        with store.snapshot() as tables:
            assert tables.get("counters", "n") == {"n": threads * rounds}
            assert [row["n"] for row in tables.select("events")] == list(range(1, threads * rounds + 1))

    def test_a_reader_never_sees_half_a_transaction(self, store: Store) -> None:
        done = threading.Event()

        def read() -> int:
            rounds = 0
            while not done.is_set():
                with store.snapshot() as tables:
                    assert tables.count("cases") == tables.count("events")
                rounds += 1
            return rounds

        with ThreadPoolExecutor(2) as pool:
            reading = pool.submit(read)
            for number in range(50):
                with store.transaction() as tables:
                    tables.insert("cases", str(number), {})
                    tables.insert("events", str(number), {})
            done.set()
            assert reading.result() > 0

    # Opening and closing

    def test_a_stamp_says_whether_anything_was_committed(self, store: Store) -> None:
        before = store.stamp()
        assert store.stamp() == before
        with store.snapshot() as tables:
            tables.get("cases", "a")
        assert store.stamp() == before
        seen = [before]
        for n in range(3):
            with store.transaction() as tables:
                tables.put("cases", "a", {"n": n})
                assert store.stamp() == seen[-1]
            assert store.stamp() not in seen
            seen.append(store.stamp())
        with pytest.raises(ZeroDivisionError), store.transaction() as tables:
            tables.put("cases", "a", {"n": 1 / 0})
        assert store.stamp() == seen[-1]

    def test_a_stamp_is_of_one_store(self, tmp_path: Path) -> None:
        stores = [self.open_store(tmp_path / name) for name in ("one", "other")]
        assert stores[0].stamp() != stores[1].stamp()
        for store in stores:
            store.close()

    def test_a_table_is_gone_through_so_that_it_can_be_filled_again(self, store: Store) -> None:
        cases = [(key, {"n": n, "due_at": None}) for n, key in enumerate(["b", "a", "é", "A"])]
        links = [
            (key, {"id": key, "key": "ab" * 16, "ago": n, "note": None})
            for n, key in enumerate(["é", "b", "a"])
        ]
        with store.transaction() as tables:
            for key, document in cases:
                tables.insert("cases", key, document)
            tables.insert_many("links", links)
            assert list(tables.scan("cases")) == cases, "in the order in which they were added"
        with store.snapshot() as tables:
            assert list(tables.scan("cases")) == cases
            assert list(tables.scan("links")) == sorted(links, key=lambda one: one[0])
            assert list(tables.scan("events")) == []

    def test_a_table_that_is_cleared_is_empty_and_can_be_used(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("pages", "a", {"texts": ["soup"]})
            tables.insert("links", "a", {"id": "a", "key": "ab", "ago": 1, "note": None})
        with suppress(ZeroDivisionError), store.transaction() as tables:
            tables.clear("pages")
            tables.insert("pages", "z", {"texts": ["soup"], "n": 1 / 0})
        with store.snapshot() as tables:
            assert tables.search("pages", ["soup"]) == [{"texts": ["soup"]}]
        with store.transaction() as tables:
            tables.clear("pages")
            tables.clear("links")
            assert (tables.count("pages"), tables.count("links")) == (0, 0)
            assert tables.search("pages", ["soup"]) == []
            tables.insert("pages", "b", {"texts": ["bread"]})
        with store.snapshot() as tables:
            assert tables.search("pages", ["bread"]) == [{"texts": ["bread"]}]
            with pytest.raises(TypeError):
                tables.clear("pages")

    def test_of_what_is_sound_nothing_is_dropped(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.insert("pages", "a", {"texts": ["soup"]})
            assert tables.drop_damaged("pages") == []
            assert tables.count("pages") == 1
        assert store.structure() == []

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.close()
        store.close()
        for block in (store.transaction, store.snapshot):
            with pytest.raises(StoreUnavailableError, match="closed"), block():
                pass
        with pytest.raises(StoreUnavailableError, match="closed"):
            store.stamp()

    def test_what_was_committed_survives_exactly_where_promised(self, tmp_path: Path) -> None:
        for expected in (0, 1 if self.durable else 0):
            store = self.open_store(tmp_path)
            with store.transaction() as tables:
                assert tables.count("cases") == expected
                tables.put("cases", "k", {"x": 1})
            store.close()

    # Scrubbing

    def test_scrubbing_leaves_all_that_is_kept(self, cases: Store, library: Store) -> None:
        del library
        before = _everything(cases)
        with cases.transaction() as tables:
            tables.insert("pages", "p9", {"id": "p9", "texts": ["Xandrine belde"]})
            tables.delete("pages", "p9")
        assert cases.scrub()
        assert _everything(cases) == before
        with cases.snapshot() as tables:
            assert tables.search("pages", ["xandrine"]) == []
            assert [row["id"] for row in tables.search("pages", ["and"])] == ["p3"]

    def test_nobody_scrubs_inside_a_transaction(self, store: Store) -> None:
        with store.transaction() as tables:
            tables.put("cases", "k1", {"n": 1})
            if self.durable:
                with pytest.raises(RuntimeError):
                    store.scrub()
        with store.snapshot() as tables:
            assert tables.get("cases", "k1") == {"n": 1}


def _everything(store: Store) -> dict[str, list[tuple[str, object]]]:
    with store.snapshot() as tables:
        return {schema.name: list(tables.scan(schema.name)) for schema in SCHEMAS}
