"""The JSON form of a trace, version 1: how each part is declared, and the function that fills it, side by side.

`legend` is the same for every row of a ruleset on a day; `row` is a row's own; `trace` puts them together. The
declarations are what `schemas/trace.schema.json` is made from: the text below each field is its description.
"""
