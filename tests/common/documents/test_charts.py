from decimal import Decimal

from lxml import etree

from intellimeter.common.documents.charts import Bar, bar_chart

SVG = "{http://www.w3.org/2000/svg}"


def _drawn(*bars, **kwargs):
    return etree.fromstring(bar_chart(title="Electricity", unit="kWh", bars=bars, **kwargs))


def _words(chart):
    return ["".join(text.itertext()) for text in chart.iter(f"{SVG}text")]


def test_bar_chart_writes_every_figure_and_label():
    chart = _drawn(Bar("Feb\n2021", Decimal("12.5")), Bar("Mar", Decimal("309.345"), strong=True))

    assert _words(chart) == ["Electricity (kWh)", "12.5", "Feb", "2021", "309", "Mar"]


def test_bar_chart_draws_columns_in_proportion():
    chart = _drawn(Bar("a", Decimal(50)), Bar("b", Decimal(100)), Bar("c", Decimal(25)))

    heights = [float(column.get("height")) for column in chart.iter(f"{SVG}rect")]
    assert [height / heights[1] for height in heights] == [0.5, 1, 0.25]


def test_bar_chart_stays_within_its_size():
    chart = _drawn(Bar("a", Decimal(50)), Bar("b", Decimal(100)), width=200, height=80)

    assert chart.get("viewBox") == "0 0 200 80"
    for column in chart.iter(f"{SVG}rect"):
        x, y, width, height = (float(column.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + width <= 200
        assert 0 < y < y + height < 80


def test_bar_chart_tells_nothing_read_from_nothing_used():
    chart = _drawn(Bar("a", None), Bar("b", Decimal(0)), Bar("c", Decimal(5)))

    assert _words(chart) == ["Electricity (kWh)", "–", "a", "0", "b", "5.00", "c"]
    assert len(list(chart.iter(f"{SVG}rect"))) == 1


def test_bar_chart_without_any_use_has_no_columns():
    chart = _drawn(Bar("a", Decimal(0)), Bar("b", None))

    assert list(chart.iter(f"{SVG}rect")) == []


def test_bar_chart_escapes_its_words():
    chart = etree.fromstring(bar_chart(title='"A" <b> & co', unit="m³", bars=[Bar("<x>", Decimal(1))]))

    assert _words(chart) == ['"A" <b> & co (m³)', "1.00", "<x>"]
    assert chart.get("aria-label") == '"A" <b> & co, m³'
