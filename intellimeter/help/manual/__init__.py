"""The user manual as a PDF: made from templates once for each state of them, then kept in DATA_DIR."""
