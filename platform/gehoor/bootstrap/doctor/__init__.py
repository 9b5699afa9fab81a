"""Looking at what a website runs on: settings, files, clock and register."""
