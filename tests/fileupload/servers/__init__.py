"""Real servers that tests send files to, each in threads of the test's own process."""
