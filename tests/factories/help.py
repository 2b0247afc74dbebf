"""Frequent questions, for the tests of every app."""

import factory
from factory.django import DjangoModelFactory

from intellimeter.help.models import Question


class QuestionFactory(DjangoModelFactory):
    """A published question."""

    class Meta:
        model = Question

    question = factory.Sequence(lambda n: f"Question {n}?")
    answer = factory.Sequence(lambda n: f"Answer {n}.")
    position = factory.Sequence(lambda n: n)
