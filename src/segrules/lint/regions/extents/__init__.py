"""Between which values something that is worked out lies, and whether each of them can come out.

One rule for each function, aggregate and statistic of the language, by its name: `functions`, `aggregates`,
`statistics`. No rule may say more than is so for every table that keeps to its declaration.
"""
