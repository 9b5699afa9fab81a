"""Sheets that come from elsewhere, read without being trusted: CSV, and workbooks of Excel."""
