"""The expression language, which knows nothing of YAML: types, functions, grammar, syntax tree, parser, printer."""
