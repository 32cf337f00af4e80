"""What is wrong in a user's text or data, as values: sources, spans, diagnostics, their codes and their renderers."""
