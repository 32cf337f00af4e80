"""Tests beside the rules: `tests.yaml` read against its ruleset, run, and what came out otherwise told."""
