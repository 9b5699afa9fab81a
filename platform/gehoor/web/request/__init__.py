"""One request: the site, its session, language, address and errors."""
