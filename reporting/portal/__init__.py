"""The portal's pages of reports."""
