"""Pages of the account that the log-in library does not have, and the few that we changed."""
