"""Which grants to choose, of all treatments at once, for the highest total value: `allocation: optimise`."""
