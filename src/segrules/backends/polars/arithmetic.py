"""Numbers: integers of 64 bits, decimals of 38 digits, finite doubles; a result that does not fit is missing.

Polars wraps integers, raises for decimals, and divides by a value that is the same for every row by multiplying with
its reciprocal, which is not exact. So wide integers are worked out in 128 bits, decimals in units of their last place.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from segrules.backends.polars.dtypes import dtype_of, known
from segrules.backends.polars.ranges import MAX_UNITS
from segrules.language.types import Kind, Type
from segrules.language.values import MIN_INTEGER

Operation = Callable[[pl.Expr, pl.Expr], pl.Expr]

WIDE = pl.Int128()
_PRODUCT_FITS = 1.5e38
"""A product whose estimate is below is exact in 128 bits; one above is beyond 38 digits."""


def added(operate: Operation, kind: Type, left: pl.Expr, right: pl.Expr, safe: bool) -> pl.Expr:
    """Return a sum or difference; `safe` says that it cannot fall out of its type."""
    if safe:
        return operate(left, right)
    match kind.kind:
        case Kind.INTEGER:
            return operate(left.cast(WIDE), right.cast(WIDE)).cast(pl.Int64(), strict=False)
        case Kind.DECIMAL:
            return in_38_digits(operate(units(left), units(right)), kind)
        case _:
            return finite(operate(left, right))


def multiplied(kind: Type, left: pl.Expr, right: pl.Expr, safe: bool) -> pl.Expr:
    """Return a product."""
    match kind.kind:
        case Kind.INTEGER:
            return left * right if safe else (left.cast(WIDE) * right.cast(WIDE)).cast(pl.Int64(), strict=False)
        case Kind.DECIMAL:
            product = units(left) * units(right)
            if safe:
                return product.reinterpret(dtype=dtype_of(kind))
            estimate = units(left).cast(pl.Float64()) * units(right).cast(pl.Float64())
            return in_38_digits(pl.when(estimate.abs() < _PRODUCT_FITS).then(product), kind)
        case _:
            return left * right if safe else finite(left * right)


def divided(left: pl.Expr, right: pl.Expr, safe: bool) -> pl.Expr:
    """Return the quotient of two doubles, to the last bit."""
    quotient = left / as_column(right, left)
    return quotient if safe else finite(quotient)


def as_column(number: pl.Expr, beside: pl.Expr) -> pl.Expr:
    """Return a double that is a column, of as many values as the one beside it, even if they are all the same."""
    return beside * 0.0 + number


def negated(kind: Type, number: pl.Expr, safe: bool) -> pl.Expr:
    """Return a number with the other sign."""
    if kind.kind is Kind.INTEGER and not safe:
        return pl.when(number != MIN_INTEGER).then(-number)
    return -number


def absolute(kind: Type, number: pl.Expr, safe: bool) -> pl.Expr:
    """Return a number without its sign."""
    if kind.kind is Kind.INTEGER and not safe:
        return pl.when(number != MIN_INTEGER).then(number.abs())
    return number.abs()


def finite(number: pl.Expr) -> pl.Expr:
    """Return a double, missing if it is none."""
    return pl.when(number.is_finite()).then(number)


def units(number: pl.Expr) -> pl.Expr:
    """Return a decimal in units of its last place, 128 bits wide."""
    return known(number.to_physical())


def in_38_digits(number: pl.Expr, kind: Type) -> pl.Expr:
    """Return units as a decimal, missing beyond 38 digits.

    A sum or difference of two decimals can wrap round in 128 bits, and then it is beyond 38 digits as well.
    """
    fits = number.is_between(pl.lit(-MAX_UNITS, dtype=WIDE), pl.lit(MAX_UNITS, dtype=WIDE))
    return pl.when(fits).then(number).reinterpret(dtype=dtype_of(kind))


def to_decimal(number: pl.Expr, given: Type, kind: Type, safe: bool) -> pl.Expr:
    """Return an integer or decimal with the type's places, which are not fewer; every integer fits."""
    whole = number.cast(WIDE) if given.kind is Kind.INTEGER else units(number)
    if not safe and given.kind is Kind.DECIMAL:
        return number.cast(dtype_of(kind), strict=False)
    scale = 10 ** (kind.places - given.places)
    return (whole if scale == 1 else whole * pl.lit(scale, dtype=WIDE)).reinterpret(dtype=dtype_of(kind))


def square_root(number: pl.Expr) -> pl.Expr:
    """Return the square root; a negative number has none."""
    return pl.when(number >= 0).then(number.sqrt())
