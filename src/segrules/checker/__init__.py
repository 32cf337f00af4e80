"""Document to Program: resolve names, infer types, make casts explicit, expand sugar, find the order of work.

Takes a `RulesetText`, gives a `Program` when there is no error, and in any case every diagnostic at once. A thing
that is wrong gets the type `unknown`, which silences its consequences.
"""
