"""Room for exact results: how wide the integers of a column must be, and two columns over one denominator.

Every operation first bounds its result from the bounds of its operands. Where 62 bits might not hold it, the operands
are measured, then reduced, and at last taken as Python integers, so that nothing ever overflows; where 14 or 30 bits
surely hold it, the integers stay at 16 or 32 bits, which are reckoned two to eight times as fast and take as much less room.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Self, TypeVar, Union

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]

LIMIT = 2**62
NARROW = 2**30
SHORT = 2**14
FEW = 4096
_CODE = np.dtype(np.uint8)
_ENDS = {np.dtype(width): (width(np.iinfo(width).min + 1), width(np.iinfo(width).max)) for width in (np.int16, np.int32, np.int64)}
"""Beyond any number of a width; the very least is left out, since numpy takes it for no bound at all, which is eight times as slow."""


class Bounded:
    """A column of rationals ``num / den``; ``den`` is one positive integer or one for each row (of several).

    ``peak`` and ``dpeak`` bound ``|num|`` and ``den`` from above; ``dpeak`` of one denominator is itself. Arrays hold
    int16 where the bounds are at most ``SHORT``, int32 where they are at most ``NARROW``, int64 where they are at most
    ``LIMIT``, and Python integers otherwise; wider than needed is allowed. Nobody changes one: columns share arrays.
    """

    __slots__ = ("den", "dpeak", "num", "peak")

    def __init__(self, num: Ints, den: int | Ints, peak: int, dpeak: int) -> None:
        if not isinstance(den, int) and den.size == 1:
            den = dpeak = int(den.item())
        self.num = num
        self.den: int | Ints = den
        self.peak = peak
        self.dpeak = dpeak

    def __len__(self) -> int:
        return len(self.num)

    @property
    def wide(self) -> bool:
        """Whether the arrays hold Python integers."""
        return self.num.dtype.hasobject

    @property
    def constant(self) -> bool:
        """Whether it is one number over one denominator, so that it can stand beside any column at no cost."""
        return len(self.num) == 1 and isinstance(self.den, int)

    @property
    def nought(self) -> bool:
        """Whether it is the constant 0, which stands over any denominator and changes no sum."""
        return not self.peak and len(self.num) == 1 and isinstance(self.den, int)

    def surely_within(self, most: Bounded) -> bool:
        """Whether the bounds alone say that nothing is above a constant *most*, over one denominator each."""
        return most.constant and isinstance(self.den, int) and self.peak * most.dpeak <= int(most.num.item()) * self.den

    def measured(self) -> Self:
        """With bounds read off the values."""
        dpeak = self.den if isinstance(self.den, int) else max(1, peak_of(self.den))
        return type(self)(self.num, self.den, peak_of(self.num), dpeak)

    def reduced(self) -> Self:
        """In lowest terms: row by row or, over one denominator, all together. Not for Python integers."""
        common: Any = np.gcd(self.num, self.den)
        if isinstance(self.den, int):
            common = int(np.gcd.reduce(common)) or 1
            return type(self)(self.num // common, self.den // common, self.peak, self.dpeak).measured()
        return type(self)(self.num // common, self.den // common, self.peak, self.dpeak).measured()

    def widened(self) -> Self:
        """With Python integers, which never overflow."""
        return self._cast(object).measured()

    def narrowed(self) -> Self:
        """In the narrowest integers that surely hold it; Python integers are measured for it."""
        a = self.measured() if self.wide else self
        width = width_for(max(a.peak, a.dpeak))
        return a if isinstance(a.den, int) and a.num.dtype.type is width else a._cast(width)

    def sized(self, top: int) -> Self:
        """In integers that hold results up to *top*."""
        size = 2 if top <= SHORT else 4 if top <= NARROW else 8
        if self.num.dtype.itemsize >= size and (isinstance(self.den, int) or self.den.dtype.itemsize >= size):
            return self
        return self._cast(width_for(top))

    def _cast(self, width: Any) -> Self:
        den = self.den if isinstance(self.den, int) else self.den.astype(width, copy=False)
        return type(self)(self.num.astype(width, copy=False), den, self.peak, self.dpeak)


A = TypeVar("A", bound=Bounded)
Bound = Callable[[A, A], tuple[int, int]]


def width_for(top: int) -> Any:
    """The narrowest integers that hold results up to *top*."""
    return np.int16 if top <= SHORT else np.int32 if top <= NARROW else np.int64 if top <= LIMIT else np.object_


def peak_of(num: Ints) -> int:
    """The greatest magnitude in an array of integers or truths."""
    return max(int(num.max()), -int(num.min())) if len(num) else 0


def times(a: Any, b: Any) -> Any:
    """A product of integers and columns of them, sharing the array where one of them is 1."""
    if isinstance(b, int) and b == 1:
        return a
    return b if isinstance(a, int) and a == 1 else a * b


def roomy(a: A, b: A, bound: Bound[A]) -> tuple[A, A]:
    """Operands for which a result within *bound* fits: as they are, measured, reduced, or in Python integers."""
    if a.wide or b.wide:
        return a.widened(), b.widened()
    top = max(bound(a, b))
    if top <= SHORT:
        return a, b
    if top > LIMIT:
        a, b = a.measured(), b.measured()
        top = max(bound(a, b))
    if top > LIMIT:
        a, b = a.reduced(), b.reduced()
        top = max(bound(a, b))
    if top > LIMIT:
        return a.widened(), b.widened()
    return a.sized(top), b.sized(top)


def share_den(a: Bounded, b: Bounded) -> bool:
    """Whether both can stand over one denominator without a product of columns."""
    if isinstance(a.den, int):
        return isinstance(b.den, int) or a.den == 1 or a.nought
    return a.den is b.den or (isinstance(b.den, int) and (b.den == 1 or b.nought))


def lift(a: Bounded, b: Bounded) -> tuple[Any, Any, int, int]:
    """What *a* and what *b* is multiplied by to stand over one denominator, and bounds of both factors."""
    if a.den is b.den:
        return 1, 1, 1, 1
    if isinstance(a.den, int) and isinstance(b.den, int):
        common = math.lcm(a.den, b.den)
        return common // a.den, common // b.den, common // a.den, common // b.den
    return b.den, a.den, b.dpeak, a.dpeak


Aligned = tuple[Any, Any, Union[int, Ints], int, int, int]
"""The numerators of two columns over one denominator, this denominator, and bounds of all three."""


def aligned(a: A, b: A) -> Aligned:
    """Both over one denominator, with room for their sum; zero stands over any. A constant beside a column is one number of its width."""
    if not b.peak and b.nought:
        return a.num, _beside(a.num, b.num), a.den, a.peak, 0, a.dpeak
    if not a.peak and a.nought:
        return _beside(b.num, a.num), b.num, b.den, 0, b.peak, b.dpeak
    if isinstance(a.den, int) and isinstance(b.den, int):
        common = a.den if a.den == b.den else math.lcm(a.den, b.den)
        up, down = common // a.den, common // b.den
        left_peak, right_peak = a.peak * up, b.peak * down
        top = max(left_peak + right_peak, common)
        if top <= LIMIT:
            left, right = a.sized(top).num, b.sized(top).num
            return times(_beside(right, left), up), times(_beside(left, right), down), common, left_peak, right_peak, common
    a, b = roomy(a, b, _sum_bound)
    fa, fb, up, down = lift(a, b)
    return times(a.num, fa), times(b.num, fb), times(a.den, fa), a.peak * up, b.peak * down, a.dpeak * up


def _beside(column: Ints, one: Ints) -> Any:
    """One number as an integer of the width of the *column* that it stands beside: such are reckoned twice as fast; a column is itself."""
    return one if len(one) != 1 or len(column) == 1 or column.dtype.hasobject else column.dtype.type(one.item())


def _sum_bound(a: Bounded, b: Bounded) -> tuple[int, int]:
    _, _, up, down = lift(a, b)
    return max(a.peak, 1) * up + max(b.peak, 1) * down, a.dpeak * up


def sides(a: Bounded, b: Bounded) -> tuple[Any, Any]:
    """Two integer columns that compare as the rationals do."""
    a, b = roomy(a, b, _side_bound)
    fa, fb, _, _ = lift(a, b)
    return times(a.num, fa), times(b.num, fb)


def _side_bound(a: Bounded, b: Bounded) -> tuple[int, int]:
    _, _, up, down = lift(a, b)
    return max(a.peak, 1) * up, max(b.peak, 1) * down


def line(constant: Bounded, of: Bounded, up: bool = False) -> int:
    """The last numerator over *of*'s one denominator that is not above *constant* (*up*: the first not below).

    Beyond what *of* can hold any number does, and one is taken that int64 can hold, too.
    """
    num = int(constant.num.item()) * of.dpeak
    whole = -(-num // constant.dpeak) if up else num // constant.dpeak
    return whole if of.wide else max(-LIMIT - 1, min(LIMIT + 1, whole))


def picked(condition: npt.NDArray[np.bool_], a: Any, b: Any) -> Ints:
    """*a* where *condition* holds, else *b*: reckoned, since a choice row by row is three times as slow."""
    if a.dtype.hasobject or b.dtype.hasobject:
        return np.asarray(np.where(condition, a, b))
    held: Any = condition.view(np.uint8) if b.dtype is _CODE else condition
    return np.asarray(a * held if b.size == 1 and not b.item() else b + (a - b) * held)


def spread(one: Ints, size: int) -> Ints:
    """One value in *size* rows: many rows share its memory, few cost less as a copy."""
    return np.broadcast_to(one, (size,)) if size > FEW else one.repeat(size)


def extreme(a: Any, b: Any, greater: bool) -> Ints:
    """Row by row the *greater* (or the lesser) of two; a bound that is one number is clipped to, which is faster."""
    if a.size == 1 != b.size:
        a, b = b, a
    if b.size != 1 or a.size == 1 or a.dtype.hasobject or b.dtype.hasobject:
        return np.asarray(np.maximum(a, b) if greater else np.minimum(a, b))
    least, most = _ENDS[a.dtype]
    bound = a.dtype.type(b.item())
    return np.asarray(a.clip(bound, most) if greater else a.clip(least, bound))


def held(num: Ints, least: int, most: int) -> Ints:
    """Numerators within two bounds that their width holds."""
    width = num.dtype.type
    return np.asarray(num.clip(width(least), width(most)))


def halved(numbers: Ints) -> Ints:
    """Whole numbers of rows and lines, of which millions are kept: in 32 bits where these hold them."""
    fits = numbers.dtype.itemsize > 4 and int(numbers.min(initial=0)) >= -(2**31) and int(numbers.max(initial=0)) < 2**31
    return numbers.astype(np.int32) if fits else numbers
