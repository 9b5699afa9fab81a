"""What the environment says about programs of others."""
