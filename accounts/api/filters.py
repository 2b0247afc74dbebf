"""What the API's lists of people and programs can be narrowed by (decisions, section 2)."""

from typing import ClassVar

import django_filters

from accounts.models import Application, User
from intellimeter.common.api.filters import TruthFilter, WordsFilter


class ApplicationFilter(django_filters.FilterSet):
    """Programs by words of their name."""

    name = django_filters.CharFilter(lookup_expr="icontains", help_text="Part of the name, in either case.")

    class Meta:
        model = Application
        fields: ClassVar[list[str]] = []


class UserFilter(django_filters.FilterSet):
    """People by words of their name or email, and by their rights."""

    search = WordsFilter("first_name", "last_name", "email", help_text="Words, each in the name or in the email.")
    email = django_filters.CharFilter(lookup_expr="iexact", help_text="The whole email, in either case.")
    active = TruthFilter("is_active", help_text="true or false: whether they may sign in.")
    admin = TruthFilter("is_admin", help_text="true or false: whether they are admins.")

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []
