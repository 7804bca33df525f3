"""Units and their heads: which course is asked of whom, who has done it, and the certificates."""
