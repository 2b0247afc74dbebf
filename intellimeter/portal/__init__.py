"""The pages that bring several apps together; they belong to the composition root."""
