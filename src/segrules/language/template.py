"""Texts with holes."""
