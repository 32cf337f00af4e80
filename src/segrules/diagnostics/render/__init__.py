"""Diagnostics as text: one module a format, each with a pure function `render(diagnostics) -> str`."""
