"""A company and all it has, from one file, by natural keys (decisions, section 10; ADR 10)."""

from intellimeter.provisioning.document import parse_document
from intellimeter.provisioning.outcome import Outcome
from intellimeter.provisioning.problems import InvalidSite
from intellimeter.provisioning.provision import provision, rehearse

__all__ = ["InvalidSite", "Outcome", "parse_document", "provision", "rehearse"]
