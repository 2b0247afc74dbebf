"""How long something may take."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

AnswerT = TypeVar("AnswerT")


def within(seconds: float, act: Callable[[], AnswerT]) -> AnswerT:
    """What `act` answers, having taken less than that."""
    begun = monotonic()
    answer = act()
    took = monotonic() - begun
    assert took < seconds, f"It took {took:.1f} s of at most {seconds}."
    return answer
