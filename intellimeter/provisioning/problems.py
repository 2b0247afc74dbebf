"""What is wrong with a site file: sentences, each at the place in the file that it speaks of."""

from intellimeter.common.errors import DomainError


class InvalidSite(DomainError):
    """The file cannot be provisioned; `problems` says why, one sentence each, and nothing was stored (400)."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


class Problems:
    """Gathers what is wrong, so that whoever wrote the file learns of all of it at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, place: str, sentence: str) -> None:
        """Note one: `place` is a path such as `properties[0].meters[2].utility`."""
        self.found.append(f"{place}: {sentence}")

    def raise_if_any(self) -> None:
        """InvalidSite if anything was noted so far."""
        if self.found:
            raise InvalidSite(self.found)
