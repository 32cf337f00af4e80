"""The meaning of programs, one record at a time, in plain Python: every other backend is held to it.

Takes a `Program` and rows of typed values, gives values, decisions and the names of what was missing.
"""
