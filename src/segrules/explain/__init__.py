"""Why a row is where it is: traces of one row, worked out by the scalar backend, and their renderings."""
