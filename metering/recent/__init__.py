"""The newest reads, and those of the recent past, by meter, suite or property: what `GET /read` answers with."""

from metering.recent.questions import QUESTIONS, Question
from metering.recent.rows import GroupRow, MeterRow

__all__ = ["QUESTIONS", "GroupRow", "MeterRow", "Question"]
