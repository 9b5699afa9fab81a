"""What a field looks like in a page: a module for each field type, under the name of its core module."""
