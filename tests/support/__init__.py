"""What several test files need: small portfolios as values and as folders, and the command."""
