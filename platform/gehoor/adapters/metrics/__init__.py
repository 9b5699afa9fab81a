"""Figures for who looks after the server, by prometheus-client."""
