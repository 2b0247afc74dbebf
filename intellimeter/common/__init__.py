"""What every app leans on. A leaf: it imports no app."""
