"""The time that loading a ruleset takes against the number of its rules: read, check, give advice, hash.

The rulesets are made by the script: rules written out over 30 columns, about ten lines each, and a fifth as many
metrics, half of them aggregates of a second table. `segrules check` does the same work.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from _timing import medians

import segrules

COUNTS = (125, 250, 500, 1000, 2000)
LIMIT_SECONDS = 2.0
"""What loading `LIMIT_AT` rules may take."""
LIMIT_AT = 500
LIMIT_GROWTH = 1.5
"""How many times as long a rule may take among the most rules: the machine does other work as well."""

SEGMENTATIONS = 5
RULES_A_METRIC = 5

NUMBERS = [f"number_{n}" for n in range(8)]
COUNTERS = [f"count_{n}" for n in range(6)]
MONEY = [f"money_{n}" for n in range(4)]
DAYS = [f"day_{n}" for n in range(4)]
FLAGS = [f"flag_{n}" for n in range(4)]
KINDS = [f"kind_{n}" for n in range(4)]
VALUES = ("north", "south", "east", "west")

TABLES = f"""\
segrules: 1
ruleset: generated
entity: accounts
tables:
  accounts:
    key: id
    columns:
      id: string
{"".join(f"      {name}: {{type: number, min: 0}}{chr(10)}" for name in NUMBERS)}\
{"".join(f"      {name}: {{type: integer, min: 0}}{chr(10)}" for name in COUNTERS)}\
{"".join(f"      {name}: {{type: decimal(2), optional: true}}{chr(10)}" for name in MONEY)}\
{"".join(f"      {name}: date{chr(10)}" for name in DAYS)}\
{"".join(f"      {name}: boolean{chr(10)}" for name in FLAGS)}\
{"".join(f"      {name}: {{type: string, values: [{', '.join(VALUES)}]}}{chr(10)}" for name in KINDS)}\
  orders:
    belongs_to:
      account: {{table: accounts, by: account_id}}
    columns:
      account_id: string
      placed_on: date
      amount: decimal(2)
parameters:
  enough: 250_000
  period: 12 months
"""


def ruleset(rules: int) -> str:
    """A ruleset of so many rules, the same one every time."""
    random = Random(rules)
    metrics = [f"metric_{number}" for number in range(rules // RULES_A_METRIC)]
    lines = [TABLES, "metrics:\n", *(metric(random, name) for name in metrics), "segmentations:\n"]
    for number in range(SEGMENTATIONS):
        lines.append(f"  segmentation_{number}:\n    hit_policy: first\n    rules:\n")
        lines += [rule(random, metrics) for _ in range(number, rules, SEGMENTATIONS)]
        lines.append("    default: other\n")
    return "".join(lines)


def metric(random: Random, name: str) -> str:
    if random.random() < 0.5:
        value = f"sum(orders.amount where orders.placed_on in last {random.randint(1, 24)} months)"
    else:
        value = f"{random.choice(NUMBERS)} / {random.choice(COUNTERS)} + {random.randint(1, 99)}"
    return f"  {name}:\n    title: The measure {name}\n    value: |\n      {value}\n"


def rule(random: Random, metrics: list[str]) -> str:
    number, counter, money, day, flag, kind = (
        random.choice(names) for names in (NUMBERS, COUNTERS, MONEY, DAYS, FLAGS, KINDS)
    )
    first, second = random.sample(VALUES, 2)
    return f"""\
      - segment: segment_{random.randint(1, 20)}
        when:
          all:
            - {number} >= {random.randint(1, 1000)} and {kind} in ('{first}', '{second}')
            - {random.choice(metrics)} > enough / {random.randint(1, 9)}
            - any: [{day} in last period, {flag}, {counter} < {random.randint(1, 100)}]
            - {money} is present and {money} > {random.randint(1, 10_000)}.50
        because: "{{{number}:,.0f}} in {{{kind}}}"
        note: Written out, as people do.
"""


def loading(path: Path) -> Callable[[], segrules.Ruleset]:
    return lambda: segrules.load(path)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()

    with TemporaryDirectory() as folder:
        paths = {count: Path(folder, f"{count}.yaml") for count in COUNTS}
        for count, path in paths.items():
            path.write_text(ruleset(count), "utf-8")
        lines = {count: len(path.read_text("utf-8").splitlines()) for count, path in paths.items()}
        times = medians({str(count): loading(path) for count, path in paths.items()}, chosen.rounds)

    print(f"\nLoading a ruleset, median of {chosen.rounds}")
    print(f"  {'rules':>6} {'lines':>8} {'time':>12} {'a rule':>11}")
    for count in COUNTS:
        time = times[str(count)]
        print(f"  {count:>6,} {lines[count]:>8,} {time * 1000:>9.0f} ms {time / count * 1000:>8.2f} ms")
    growth = times[str(COUNTS[-1])] / COUNTS[-1] / (times[str(LIMIT_AT)] / LIMIT_AT)
    print(f"  {LIMIT_AT} rules take {times[str(LIMIT_AT)]:.2f} s; the limit is {LIMIT_SECONDS:.0f} s")
    print(f"  a rule among {COUNTS[-1]:,} takes {growth:.2f} times as long; the limit is {LIMIT_GROWTH}")


if __name__ == "__main__":
    main()
