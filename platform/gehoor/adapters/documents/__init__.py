"""Documents that are made: letters as PDF."""
