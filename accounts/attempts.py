"""How often something may be tried, counted in the database, so by all processes and machines together.

An attempt is noted before it is judged: of many at once, only so many as are allowed find themselves among the first.
"""

from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from accounts.models import Attempt


def attempt(name: str, *, most: int, within: timedelta) -> Attempt | None:
    """One more, noted; None where there were `most` already within that time. One to be forgiven is deleted again.

    `name` says what is tried and by or for whom; it is not stored itself, since strangers may choose it.
    """
    now = timezone.now()
    Attempt.objects.filter(until__lte=now).delete()
    digest = sha256(name.encode()).hexdigest()
    noted = Attempt.objects.create(name=digest, until=now + within)
    if Attempt.objects.filter(name=digest).count() <= most:
        return noted
    noted.delete()
    return None
