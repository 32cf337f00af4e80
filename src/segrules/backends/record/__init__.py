"""One record at a time, by Python that is generated once for a program and a day.

Takes a `Program` and rows of typed values, gives metrics, scores and decisions. The source that is compiled holds
generated names, operators and numbers of rules only: whatever an author wrote stands behind a name.
"""
