"""The agreement in plain Dutch: every value that people agreed on is a sentence, worded in one place."""
