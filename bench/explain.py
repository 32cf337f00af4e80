"""What it costs to say why: one record decided with its trace and without."""

from __future__ import annotations

import argparse

from _one_record import report_one_record


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    report_one_record(chosen.records, chosen.rounds)


if __name__ == "__main__":
    main()
