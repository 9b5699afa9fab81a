"""What a person sees: real pages of a real server in a real browser."""
