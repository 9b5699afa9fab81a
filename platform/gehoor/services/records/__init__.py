"""Records: what a register keeps, table by table, and the ledger in which each write is entered."""
