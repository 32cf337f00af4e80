"""Fixes of diagnostics made in the texts of files, as long as every ruleset that reads them is better for it."""
