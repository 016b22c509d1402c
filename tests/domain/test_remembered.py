"""What is remembered is found once for each thing itself, not for others that are equal to it."""

from __future__ import annotations

from scorekit.domain.remembered import MOST, remembered


def test_a_thing_is_asked_once_for_each_further_argument():
    asked = []

    @remembered
    def sums(numbers: list[int], more: int, *, times: int = 1) -> int:
        """Its words."""
        asked.append(more)
        return times * (sum(numbers) + more)

    first, second = [1, 2], [1, 2]  # lists have no hash
    assert [sums(first, 1), sums(first, 1), sums(first, 2), sums(first, 2, times=3)] == [4, 4, 5, 15]
    assert asked == [1, 2, 2]
    assert (sums(second, 1), len(asked), sums.__doc__) == (4, 4, "Its words.")


def test_what_is_kept_stays_the_same_object_and_old_things_are_let_go():
    made = remembered(lambda thing: [thing])
    things = [[i] for i in range(MOST + 1)]
    first = made(things[0])
    assert made(things[0]) is first
    assert [made(t)[0] is t for t in things] == [True] * len(things)
    assert made(things[0]) is not first
