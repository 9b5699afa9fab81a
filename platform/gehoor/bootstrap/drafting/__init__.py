"""Reading agreements while they are being made, in children with limits."""
