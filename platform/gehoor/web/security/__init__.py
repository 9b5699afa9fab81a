"""Security: policies, rate limits, headers, and where a request comes from."""
