"""What commands share: Dutch help, options, failures, opening a register."""
