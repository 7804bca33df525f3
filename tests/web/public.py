"""The pages that anybody may open, and what must hold for each of them."""

PUBLIC = ("/", "/om/", "/tillganglighet/", "/integritet/", "/stil/", "/stod/", "/stod/latt/m/")
PAGES = (*PUBLIC, *(f"/en{path}" for path in PUBLIC), "/stod/ar/k/")
