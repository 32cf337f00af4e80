"""Files as written: YAML to a `Document` with a place for everything, and the models behind the JSON Schema."""
