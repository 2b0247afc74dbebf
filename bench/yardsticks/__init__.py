"""What our work is held against: scripts that import nothing of ours, on the same database, as durable as ours."""
