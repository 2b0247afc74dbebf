"""Who lives in the demo's suites."""

from random import Random

from intellimeter.demo.buildings import DemoProperty

_FIRST = "Amelia Benoît Daniel Elena Farah George Hana Isaac Jing Kofi Léa Mateo Nadia Owen Priya Quinn Rosa Samir Tess"
_LAST = "Arsenault Bouchard Chen Edwards Fraser Gill Hynes Joseph Kaur Leblanc Murphy Nguyen O'Brien Patel Roy Singh"
VACANT = 9


def tenants_of(property: DemoProperty) -> list[dict[str, object]]:
    """A tenant or two to most suites, as the provisioning wants them. Their addresses belong to nobody (RFC 2606)."""
    chance = Random(property.job_number)  # noqa: S311 - names, no secret
    tenants: list[dict[str, object]] = []
    for index, suite in enumerate(property.suites):
        if index % VACANT == VACANT - 1:
            continue
        for _ in range(2 if index % 4 == 1 else 1):
            first, last = chance.choice(_FIRST.split()), chance.choice(_LAST.split())
            tenants.append(
                {
                    "email": f"tenant{len(tenants) + 1:02}.{property.job_number[-4:]}@tenants.example",
                    "first_name": first,
                    "last_name": last,
                    "address": f"{suite.removeprefix('Suite ')}-{property.address}",
                    "phone": f"555-01{len(tenants) + 10:02}" if index % 3 else None,
                    "suites": [suite],
                }
            )
    return tenants
