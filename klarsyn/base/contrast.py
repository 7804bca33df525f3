"""How well two colours stand apart, after WCAG 2.2 (relative luminance and contrast ratio)."""

TEXT = 4.5  # smallest ratio of text against its ground
MARK = 3.0  # smallest ratio of lines, shapes and large text


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 black to 1 white."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
