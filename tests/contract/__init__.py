"""The contract, walked operation by operation: `operations.py` is the table of all that the API serves."""
