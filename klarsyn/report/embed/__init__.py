"""A figure on somebody else's site: a picture that carries its caveat, source and edition inside it."""
