"""The way out: to public addresses only, and never longer than was said."""
