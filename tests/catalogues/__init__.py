"""The catalogues of translations: every text on the pages, and what it is in another language."""
