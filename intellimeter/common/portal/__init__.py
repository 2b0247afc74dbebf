"""What the portal's pages share: who may open them, how figures are written, how bars are drawn. Imports no app."""
