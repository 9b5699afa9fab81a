"""Merging the files of an organisation and its department into one located document."""
