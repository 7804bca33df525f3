"""What the database holds of motion, plan, cooperation and year: decisions and deeds, never a client."""
