"""A call of the API as every language's sample needs to know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import quote, urlencode

JSON = "application/json"


class Answer(Enum):
    """What is to be done with what comes back."""

    JSON = "json"
    FILE = "file"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: `root` is the server, `body` what is sent as JSON, `upload` instead the name of a file to send.

    `kept` names the file into which an answer that is no JSON goes. `name` is the operation's, in lower case with
    underscores.
    """

    name: str
    root: str
    method: str
    path: str
    in_path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    media_type: str | None = None
    body: Any = None
    upload: str | None = None
    with_token: bool = True
    answer: Answer = Answer.JSON
    kept: str = ""

    @property
    def address(self) -> str:
        """Where it goes, with its path filled in, without the query."""
        path = self.path
        for name, value in self.in_path.items():
            path = path.replace(f"{{{name}}}", quote(value))
        return self.root + path

    @property
    def url(self) -> str:
        """The address with the query."""
        return f"{self.address}?{urlencode(self.query)}" if self.query else self.address

    @property
    def sends_json(self) -> bool:
        return self.media_type == JSON and self.upload is None
