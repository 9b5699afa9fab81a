"""Commands that run the website and its accounts."""
