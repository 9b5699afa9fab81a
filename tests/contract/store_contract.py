"""What every store does, whatever it is made of. A store inherits the suite and says how to open it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import pytest

from gehoor.services.ports.store import (
    Bounds,
    DuplicateKeyError,
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
)


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
                where = Where(holding=("flags", wanted))
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
