"""The typed program that a ruleset means: every node has a type and a span; sugar is gone.

Takes nothing, gives the values on which everything from the checker down to the backends agrees.
"""
