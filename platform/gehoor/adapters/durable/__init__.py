"""The rule engine on durable-rules."""
