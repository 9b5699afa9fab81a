"""Everything outside: stores, the rule engine, mail. Adapters never import each other."""
