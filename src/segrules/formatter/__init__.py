"""The canonical layout of rulesets, of what they import and of their tests: text in, text out, the same meaning.

What an author wrote is never made anew from what it means: blanks, line ends and quotes change, tokens and comments
stay, in their order.
"""
