"""A program as steps over whole tables: what can be worked out side by side, and what must come before what.

Takes a `Program` and a day, gives a `Plan` in which expressions read only columns of the row's own table.
"""
