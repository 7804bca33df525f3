"""The pages that anybody may open, and what must hold for each of them."""

PUBLIC = (
    "/",
    "/om/",
    "/tillganglighet/",
    "/integritet/",
    "/stil/",
    "/stod/",
    "/stod/latt/m/",
    "/sett/",
    "/sett/latt/stad/",
)
PAGES = (*PUBLIC, *(f"/en{path}" for path in PUBLIC), "/stod/ar/k/", "/sett/sv/stad/vuxen/plats/")
