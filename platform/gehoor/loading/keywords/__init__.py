"""Keywords: the vocabulary, the meta-schemas, and what values may look like."""
