"""The handbook: pages of Markdown that come with Gehoor, read once and shown on the site."""
