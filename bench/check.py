"""The time that `segrules check` takes for many rulesets, from a cold start, and for one.

The sample ruleset and the file that it imports are copied as often as asked for, and the command is run as a process of
its own. On a machine that does other work as well, the time on the processor says more than that on the clock.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

RULESETS = Path(__file__).resolve().parents[1] / "rulesets"
SAMPLE = RULESETS / "acme_partner_programme"
COUNTS = (1, 50, 200)
LIMIT_SECONDS = 10.0
"""What checking `LIMIT_AT` rulesets may take."""
LIMIT_AT = 200

COMMAND = [sys.executable, "-c", "from segrules.cli.main import main; main()", "check"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="how many rulesets")
    counts = parser.parse_args().counts
    print(f"{'rulesets':>8}  {'clock':>8}  {'processor':>9}  {'a ruleset':>9}")
    for count in counts:
        with TemporaryDirectory() as folder:
            lay_out(Path(folder), count)
            clock, processor = checked(Path(folder))
        print(f"{count:8}  {clock:6.2f} s  {processor:7.2f} s  {processor / count * 1000:6.1f} ms")
        if count == LIMIT_AT and processor > LIMIT_SECONDS:
            sys.exit(f"{count} rulesets took more than {LIMIT_SECONDS:.0f} s")


def lay_out(folder: Path, count: int) -> None:
    """Write so many copies of the sample ruleset below a folder, with the file that they import beside them."""
    shutil.copytree(RULESETS / "shared", folder / "shared")
    (folder / "segrules.toml").touch()
    for number in range(count):
        copy = folder / f"ruleset_{number}"
        copy.mkdir()
        shutil.copy(SAMPLE / "ruleset.yaml", copy)


def checked(folder: Path) -> tuple[float, float]:
    """Return the seconds that checking everything in a folder takes, on the clock and on the processor."""
    before, start = processor_time(), perf_counter()
    subprocess.run([*COMMAND, str(folder)], check=True, capture_output=True)
    return perf_counter() - start, processor_time() - before


def processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
