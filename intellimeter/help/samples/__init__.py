"""Samples of a call in the languages that integrators write, each made from the call alone.

A language is one module that registers itself here. A sample is a whole program: it takes the access token from the
environment variable TOKEN, makes the call, shows what came back, and ends with an error where the call was refused.
"""

from importlib import import_module

from intellimeter.help.samples.call import Answer, Call
from intellimeter.help.samples.languages import LANGUAGES, Language

for _module in ("curl", "python", "javascript", "java", "csharp"):
    import_module(f"{__name__}.{_module}")

__all__ = ["LANGUAGES", "Answer", "Call", "Language"]
