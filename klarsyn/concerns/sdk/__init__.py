"""SDK (säker digital kommunikation), message 3.1: written, and refused where it breaks a rule."""
