"""The ground: clock, errors, design system."""
