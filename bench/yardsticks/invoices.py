"""The totals of a month's invoices in one statement: consumption by suite, rate, fees, tax; nothing stored."""

from typing import Any

SQL = """
SELECT u.suite_id, u.consumption, u.charge + u.fees AS subtotal,
  round((u.charge + u.fees) * u.tax_rate / 100.0, 2) AS tax
FROM (
  SELECT a.suite_id, sum(d.consumption) AS consumption, c.tax_rate,
    round(sum(d.consumption) * c.price_per_electricity / 100000000.0, 2) AS charge,
    (SELECT coalesce(sum(f.value), 0) FROM billing_fee f WHERE f.property_id = p.id AND f.active) AS fees
  FROM metering_property p
  JOIN billing_constants c ON c.property_id = p.id
  JOIN billing_service s ON s.property_id = p.id AND s.active
  JOIN metering_metersuite a ON a.suite_id = s.suite_id
  JOIN metering_dayrollup d ON d.meter_id = a.meter_id AND d.day >= '{start}' AND d.day < '{end}'
  WHERE p.company_id = {company}
  GROUP BY a.suite_id, p.id, c.tax_rate, c.price_per_electricity
) u"""


def totals(connection: Any, company: int, start: str, end: str) -> list[tuple[Any, ...]]:
    """By suite: consumption in millionths, subtotal, tax."""
    cursor = connection.cursor()
    cursor.execute(SQL.format(company=company, start=start, end=end))
    return list(cursor.fetchall())
