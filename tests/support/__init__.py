"""What the tests stand on: the database they copy, the mail host, the browser, the closed network."""
