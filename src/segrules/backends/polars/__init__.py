"""A program over whole tables, as one lazy Polars query; held to the scalar backend, which is the meaning.

Takes a `Program`, a day and typed tables, gives a lazy frame with a row for each row of the entity.
"""
