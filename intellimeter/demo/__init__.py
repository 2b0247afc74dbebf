"""The demo company of `make run`: three properties in three zones, and what has happened there in 13 months."""
