"""Pages on which organisations write and file their offers."""
