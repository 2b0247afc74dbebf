"""The API guide for people: pages of text, and a page of operations for each chapter of the description."""
