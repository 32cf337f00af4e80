"""Every message about statistics across rows."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span


def over_needed(span: Span, function: str, behind: Span, example: str) -> Diagnostic:
    """`rank(revenue)`; `behind` is the place where `over` goes."""
    return Diagnostic(
        catalogue.OVER_NEEDED,
        f"`{function}` does not say among which rows",
        Label(span, "`over` is missing"),
        help=f"add `over all`, or `over` and the names that part the rows, as in `{example}`",
        fix=Fix("add `over all`", (Edit(behind, " over all"),), Applicability.UNSAFE),
    )


def inside_aggregate(span: Span, function: str) -> Diagnostic:
    """`count(deals where deals.amount > mean(revenue over all))`."""
    return Diagnostic(
        catalogue.STATISTIC_OUT_OF_PLACE,
        f"`{function}` with `over` stands inside an aggregate of rows below",
        Label(span, "not worked out there"),
        help="make it a metric, and write the metric's name here",
    )


def other_table(span: Span, function: str, entity: str, table: str) -> Diagnostic:
    """Word a statistic in a `derived` of another table than the entity's."""
    return Diagnostic(
        catalogue.STATISTIC_OUT_OF_PLACE,
        f"`{function}` with `over` is about rows of `{entity}`, and this is worked out for rows of `{table}`",
        Label(span, "not worked out there"),
        help="make it a metric; columns of other tables read that by a path",
    )


def group_elsewhere(span: Span, written: str, entity: str, way_out: str) -> Diagnostic:
    """`over deals.sku`, `over region.country`."""
    return Diagnostic(
        catalogue.BAD_GROUP,
        f"`{written}` is no column of `{entity}` itself",
        Label(span, "another table"),
        help=way_out,
    )


def group_of_all(span: Span, name: str) -> Diagnostic:
    """`over as_of`."""
    return Diagnostic(
        catalogue.BAD_GROUP,
        f"`{name}` is the same for every row and parts nothing",
        Label(span, "one group only"),
        help="write `over all`, or name a column, a metric or a segmentation",
    )


def group_of_lists(span: Span, name: str) -> Diagnostic:
    """`over specialisms`."""
    return Diagnostic(
        catalogue.BAD_GROUP,
        f"`{name}` is a list, and a row stands in one group only",
        Label(span, "several values at once"),
        help="name something with one value a row",
    )


def wrong_amount(span: Span, signature: str, wanted: str, label: str) -> Diagnostic:
    """`ntile(0, x over all)`, `quantile(x, 2 over all)`."""
    name = "share" if signature.startswith("quantile") else "n"
    return Diagnostic(
        catalogue.STATISTIC_AMOUNT, f"`{name}` of `{signature}` is {wanted}", Label(span, label), help=f"write {wanted}"
    )


def share_without_sign(span: Span, signature: str, written: str) -> Diagnostic:
    """`quantile(x, 80 over all)`."""
    return Diagnostic(
        catalogue.STATISTIC_AMOUNT,
        f"`share` of `{signature}` is a share from 0 to 1",
        Label(span, "more than all"),
        help=f"write `{written}%`",
        fix=Fix(f"write `{written}%`", (Edit(span, f"{written}%"),), Applicability.UNSAFE),
    )


def quantile_meant(span: Span) -> Diagnostic:
    """`percentile(x, 80% over all)`."""
    return Diagnostic(
        catalogue.WRONG_ARGUMENTS,
        "`percentile` gives the place of the row's own value, and takes no share",
        Label(span, ""),
        help="the value at a share is `quantile`, as in `quantile(revenue, 80% over all)`",
    )


def amount_misplaced(span: Span, signature: str) -> Diagnostic:
    """`ntile(x, 4 over all)`, `quantile(80%, x over all)`."""
    return Diagnostic(
        catalogue.STATISTIC_AMOUNT,
        f"the value and the number of `{signature}` stand in the wrong order",
        Label(span, "the number"),
        help=f"call it as `{signature}`",
    )


def needs_no_direction(span: Span, function: str) -> Diagnostic:
    """`cumulative_share(x descending over all)`, `mean(x descending over all)`."""
    why = "always adds from the largest value down" if function == "cumulative_share" else "has no direction"
    return Diagnostic(
        catalogue.WRONG_ARGUMENTS,
        f"`{function}` takes no `descending`: it {why}",
        Label(span, ""),
        help="leave out `descending`",
    )
