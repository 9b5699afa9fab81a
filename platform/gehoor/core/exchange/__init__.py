"""Exchange: registers and forms of others as values, and how ours stand in the words of a standard. No files here."""
