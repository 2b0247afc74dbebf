"""Site files that staff give in the administration: looked at first, laid down when they say so (decisions, section 10)."""
