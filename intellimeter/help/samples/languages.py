"""The languages that samples are written in, in the order in which they are shown."""

from collections.abc import Callable
from dataclasses import dataclass

from intellimeter.common.registry import Registry
from intellimeter.help.samples.call import Call


@dataclass(frozen=True, slots=True)
class Language:
    """How a language is called, which lexer of Pygments colours it, and what writes its sample of a call."""

    name: str
    label: str
    lexer: str
    write: Callable[[Call], str]


LANGUAGES: Registry[Language] = Registry("language")


def sample(name: str, *, label: str, lexer: str) -> Callable[[Callable[[Call], str]], Callable[[Call], str]]:
    """Register a function as what writes the samples of a language."""

    def keep(write: Callable[[Call], str]) -> Callable[[Call], str]:
        LANGUAGES.register(name)(Language(name, label, lexer, write))
        return write

    return keep
