"""`/api/v1/faq`: what staff publish, to everybody, at times in UTC; and the questions an installation begins with."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
import time_machine
from auditlog.models import LogEntry
from django.apps import apps
from django.db import connection
from django.urls import reverse

from intellimeter.help.first_questions import FIRST_QUESTIONS
from intellimeter.help.models import Question
from tests.factories.accounts import StaffFactory, api_client
from tests.factories.help import QuestionFactory

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2021, 4, 8, 16, 27, 2, tzinfo=UTC)


@pytest.fixture
def questions():
    """Two published questions and one that is not, in place of the first ones."""
    Question.objects.all().delete()
    with time_machine.travel(WRITTEN, tick=False):
        second = QuestionFactory(question="Second?", answer="2", position=20)
        first = QuestionFactory(question="First?", answer="1", position=10)
        QuestionFactory(question="Draft?", published=False, position=1)
    return first, second


def shown(question):
    return {
        "answer": question.answer,
        "created": "2021-04-08T16:27:02",
        "id": question.public_id,
        "question": question.question,
        "updated": "2021-04-08T16:27:02",
    }


def test_published_questions_come_in_their_order_without_a_token(client, questions, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/api/v1/faq")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == [shown(one) for one in questions]


def test_a_token_is_ignored_even_a_bad_one(client, questions):
    assert len(client.get("/api/v1/faq", headers={"Authorization": "Bearer nonsense"}).json()) == 2
    assert len(api_client("meter:reads:read").get("/api/v1/faq").json()) == 2


def test_one_question_by_its_id(client, questions):
    first, _second = questions

    assert client.get(f"/api/v1/faq?id={first.public_id}").json() == [shown(first)]


@pytest.mark.parametrize("wanted", ["00000000", "", "x", "a\x00b"])
def test_a_question_that_is_not_there(client, questions, wanted):
    answer = client.get("/api/v1/faq", {"id": wanted})

    assert answer.status_code == 404
    assert answer.json() == {"code": 404, "error": "Not Found", "message": "There is no question with this id."}


def test_a_draft_is_not_found(client, questions):
    draft = Question.objects.get(published=False)

    assert client.get(f"/api/v1/faq?id={draft.public_id}").status_code == 404


def test_questions_page(client, questions):
    answer = client.get("/api/v1/faq?limit=1&offset=1")

    assert [one["question"] for one in answer.json()] == ["Second?"]
    assert answer["X-Total-Count"] == "2"
    assert 'rel="prev"' in answer["Link"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_questions_are_only_read(client, method):
    answer = getattr(client, method)("/api/v1/faq")

    assert (answer.status_code, answer.json()["code"]) == (405, 405)


def test_an_installation_begins_with_questions(client):
    """By the migration, carried out here: tests that empty the database have taken away what it stored before them."""
    Question.objects.all().delete()
    import_module("intellimeter.help.migrations.0002_first_questions").store(apps, connection.schema_editor())

    found = [(one["question"], one["answer"]) for one in client.get("/api/v1/faq").json()]

    assert found == list(FIRST_QUESTIONS)
    assert len(found) >= 12


def test_staff_edit_questions_and_the_audit_log_says_so(client):
    staff = StaffFactory()
    client.force_login(staff)
    form = {"question": "Who?", "answer": "We.", "position": "1", "published": "on"}

    saved = client.post(reverse("admin:help_question_add"), form)

    assert saved.status_code == 302
    assert client.get("/api/v1/faq").json()[0]["question"] == "Who?"
    assert LogEntry.objects.get(object_repr="Who?").actor == staff
