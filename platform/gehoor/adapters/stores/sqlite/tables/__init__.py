"""How a register lies in SQLite: its tables, indexes and words, a document as a row, and earlier formats."""
