"""The chain of a meter's registers: what each one means, given those around it (decisions, section 6, rules 1 to 5).

Pure arithmetic on whole millionths of the meter's unit. What it answers depends on the set of stored reads alone, so any
order of arrival ends in the same intervals and flags.
"""

from collections.abc import Sequence
from typing import NamedTuple

from metering.enums import Flag

NONE, OUTLIER, RESET, ROLLOVER = (int(flag) for flag in (Flag.NONE, Flag.OUTLIER, Flag.RESET, Flag.ROLLOVER))


class Verdict(NamedTuple):
    """The consumption since the last accepted register (null: none can be told), and the flag."""

    interval: int | None
    flag: int


FIRST = Verdict(0, NONE)
IS_OUTLIER = Verdict(None, OUTLIER)
IS_RESET = Verdict(0, RESET)


def judge(before: int | None, register: int, following: int | None, register_max: int | None) -> Verdict:
    """One register's verdict: `before` is the last accepted one, `following` the next one in time, where there are any."""
    if before is None:
        return FIRST
    if following is not None and before <= following and not before <= register <= following:
        return IS_OUTLIER
    if register >= before:
        return Verdict(register - before, NONE)
    if register_max is not None and before <= register_max:
        through_zero = register_max - before + register
        if through_zero * 10 < register_max:
            return Verdict(through_zero, ROLLOVER)
    return IS_RESET


def settle(before: int | None, registers: Sequence[int], register_max: int | None) -> tuple[list[Verdict], int | None]:
    """The verdicts of registers in order of time, the last of them having none after it, and the accepted one before that."""
    verdicts = []
    accepted = before
    entering = before
    last = len(registers) - 1
    for position, register in enumerate(registers):
        following = registers[position + 1] if position < last else None
        verdict = judge(accepted, register, following, register_max)
        verdicts.append(verdict)
        entering = accepted
        if verdict.flag != OUTLIER:
            accepted = register
    return verdicts, entering
