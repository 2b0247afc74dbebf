"""The public operations that help people: `/faq` and `/documentation`."""
