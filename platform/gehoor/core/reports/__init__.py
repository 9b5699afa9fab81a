"""Reports as agreed: which figures a report holds, how each is counted, and what people write beside it."""
