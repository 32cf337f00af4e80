"""What rules ask for, as sets of rows that can be compared: a sort of row is a cell of every axis.

An axis is what conditions compare with written values. The values cut it into cells, between which no condition tells
a difference; a missing value is a cell of its own. What cannot be cut is an axis of its own, that is true, false or
unknown: nothing is known of it, so what is said of all rows is right, and of one row is not said.
"""
