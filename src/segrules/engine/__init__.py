"""A ruleset at work: the caller's data checked against its declaration, evaluated, and handed back with reasons."""
