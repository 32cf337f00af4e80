"""Why a row is where it is: traces of one row, and their renderings."""
