"""What comes into files by what people say of it: a question, a rule, and the example that shows the rule."""
