"""What the portal's lists of accounts can be narrowed by."""

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class UserFilter(django_filters.FilterSet):
    """People by words of their name or email."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        widget=forms.TextInput(
            attrs={"class": "form-control form-control-sm", "type": "search", "placeholder": _("Name, email")}
        ),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []

    def search(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        for word in value.split():
            rows = rows.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
        return rows
