"""Reports that come by mail when their day comes, or are fetched when somebody asks (decisions, section 8)."""
