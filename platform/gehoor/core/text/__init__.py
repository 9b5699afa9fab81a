"""Text and plain data: normalising, comparing, suggesting, dates in words, canonical JSON, problems."""
