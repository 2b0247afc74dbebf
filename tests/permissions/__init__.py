"""Who may do what: every operation of the contract's table against every kind of asker who may not."""
