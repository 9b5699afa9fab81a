"""Analysis of agreements: what can never hold, what is laxer than a law, what is shown when."""
