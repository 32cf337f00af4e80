"""What it costs to say why: of every row of a table, and of one record decided with its trace and without."""

from __future__ import annotations

import argparse

from _every_row import report_every_row
from _one_record import report_one_record


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--partners", type=int, default=1_000_000)
    options.add_argument("--table-rounds", type=int, default=5, help="0 leaves out the tables")
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3, help="0 leaves out the decisions of one record")
    chosen = options.parse_args()
    if chosen.table_rounds:
        report_every_row(chosen.partners, chosen.table_rounds)
    if chosen.rounds:
        report_one_record(chosen.records, chosen.rounds)


if __name__ == "__main__":
    main()
