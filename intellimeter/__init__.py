"""Intellimeter: the composition root (settings, addresses, tasks, the beat schedule)."""
