"""The calendar: durations, working days, holidays, and the days of a year."""
