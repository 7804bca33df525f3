"""The pages that anybody may open, and what must hold for each of them."""

PUBLIC = ("/", "/om/", "/tillganglighet/", "/integritet/", "/stil/")
PAGES = (*PUBLIC, *(f"/en{path}" for path in PUBLIC))
