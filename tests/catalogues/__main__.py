"""``make translations``: take over the texts of the pages in every catalogue, and make what the pages read.

Texts that are new stand in the catalogue without a translation, those that are gone are left out.
"""

from __future__ import annotations

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from tests.catalogues.texts import file_of, languages, texts, written


def renewed(language: str) -> Catalog:
    """Return a catalogue with the texts that the pages have now, in an order that does not change by itself."""
    catalog = written(language)
    catalog.update(texts(language), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def main() -> None:
    for language in languages():
        catalog = renewed(language)
        with file_of(language, "po").open("wb") as stream:
            write_po(stream, catalog, sort_output=True, width=110, include_lineno=False, omit_header=False)
        with file_of(language, "mo").open("wb") as stream:
            write_mo(stream, catalog)
        missing = sum(1 for message in catalog if message.id and not message.string)
        print(f"{language}: {len(catalog)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
