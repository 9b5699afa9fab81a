"""Commands on definition files: begin them, add to them, look them over, translate them."""
