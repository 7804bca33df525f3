"""Our own line icons on a 24-unit grid: drawn here, so that no page asks for another file."""

STROKES: dict[str, str] = {
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "chevron": "M6 9l6 6 6-6",
    "leave": "M14 5h5v14h-5M4 12h10M10 8l4 4-4 4",
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "phone": "M6 3h3l2 5-2.5 1.7a12 12 0 0 0 5.8 5.8L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "read": "M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2M12 6v14",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7.5v.01",
    "caution": "M12 4L2.8 20h18.4zM12 10v5M12 17.5v.01",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16.5v.01",
    "done": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l3 3 5-6",
    "check": "M5 12.5l5 5 9-11",
    "close": "M6 6l12 12M18 6L6 18",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L21 21",
    "table": "M3 5h18v14H3zM3 10h18M9 10v9",
    "chart": "M4 4v16h16M8 15l4-4 3 2 5-6",
    "interval": "M3 12h18M3 9v6M21 9v6M12 12v.01",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c.8-4 4-6 8-6s7.2 2 8 6",
    "people": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2 20c.6-3.5 3.5-5 7-5s6.4 1.5 7 5"
    "M16 5.5a3.5 3.5 0 0 1 0 6.5M18 15.5c2.2.700 3.6 2.2 4 4.5",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "source": "M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
    "plus": "M12 5v14M5 12h14",
}
# Shapes that carry a status beside its word, so that colour is never alone.
SHAPES: dict[str, str] = {
    "empty": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "half": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
    "full": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>',
    "triangle": '<path d="M8 1.5L15 14.5H1z" fill="currentColor"/>',
    "square": '<rect x="2" y="2" width="12" height="12" rx="1" fill="currentColor"/>',
    "hatch": '<path d="M2 6l4-4M2 11l9-9M3 15L15 3M8 15l7-7M13 15l2-2" '
    'stroke="currentColor" stroke-width="1.6"/>',
}
