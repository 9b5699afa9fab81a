"""What stands in the way of answers: an objection says at which field, and why, in codes that each language words."""
