"""What a counsellor tells of a person's year in bands, sealed; opened once, to be counted. See ADR 13."""
