"""Cases: records that only their own team opens, in four compartments with keys of their own."""
