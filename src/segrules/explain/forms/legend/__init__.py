"""The JSON form of a legend, by topic: what is the same for every row of a ruleset on a day."""
