"""Charts that lie, split and run: every figure is written, and full and outlined are told apart without colour."""

from decimal import Decimal

import pytest
from lxml import etree

from intellimeter.common.documents.charts_line import Line, line_chart
from intellimeter.common.documents.charts_ranked import Part, RankedBar, ranked_bars, split_bar

SVG = "{http://www.w3.org/2000/svg}"


def words(chart):
    return ["".join(text.itertext()) for text in chart.iter(f"{SVG}text")]


def rectangles(chart):
    return list(chart.iter(f"{SVG}rect"))


def ranked(**asked):
    [chart] = ranked_bars(**asked)
    return etree.fromstring(chart)


def test_ranked_bars_write_name_figure_and_note():
    chart = ranked(title="Water", unit="m³", bars=[RankedBar("A <b>", Decimal(30), "75.0%"), RankedBar("B", None)])

    assert words(chart) == ["Water (m³)", "A <b>", "30.0 · 75.0%", "B", "–"]
    assert len(rectangles(chart)) == 1


def test_ranked_bars_are_in_proportion_and_the_other_is_outlined():
    bars = [RankedBar("A", Decimal(40), other=Decimal(20)), RankedBar("B", Decimal(10), other=None)]
    chart = ranked(title="x", unit="kWh", bars=bars, names=("now", "before"))

    _, _, full, outlined, small = rectangles(chart)
    assert float(full.get("width")) == pytest.approx(4 * float(small.get("width")), abs=0.1)
    assert float(outlined.get("width")) + 1 == pytest.approx(float(full.get("width")) / 2, abs=0.1)
    assert (outlined.get("stroke") is None, full.get("stroke")) == (False, None)
    assert {"now", "before", "40.0", "20.0", "10.0", "–"} <= set(words(chart))


def test_ranked_bars_that_a_page_has_no_room_for_go_on_in_a_chart_of_the_same_scale():
    bars = [RankedBar(f"{number}", Decimal(number), other=Decimal(1)) for number in range(60, 0, -1)]
    charts = [etree.fromstring(svg) for svg in ranked_bars(title="x", unit="kWh", bars=bars, names=("now", "before"))]

    assert [len(rectangles(chart)) - 2 for chart in charts] == [40, 40, 40]
    assert [words(chart)[0] for chart in charts] == ["x (kWh)", "x, continued (kWh)", "x, continued (kWh)"]
    assert max(float(chart.get("height")) for chart in charts) < 600
    wide = [float(bar.get("width")) for chart in charts for bar in rectangles(chart)[2::2]]
    assert wide == pytest.approx([wide[0] * number / 60 for number in range(60, 0, -1)], abs=0.1)


def test_long_names_are_cut_to_their_room():
    chart = ranked(title="x", unit="kWh", bars=[RankedBar("W" * 300, Decimal(1))])

    assert words(chart)[1].endswith("…")
    assert len(words(chart)[1]) < 60


def test_split_bar_tells_both_shares():
    first, second = Part("Weekdays", Decimal(75)), Part("Weekends", Decimal(25))
    chart = etree.fromstring(split_bar(title="x", unit="kWh", first=first, second=second))

    assert words(chart)[1:] == ["75.0%", "25.0%", "Weekdays: 75.0 kWh", "Weekends: 25.0 kWh"]


def test_split_bar_of_nothing_has_no_bar():
    chart = etree.fromstring(
        split_bar(title="x", unit="kWh", first=Part("a", Decimal(0)), second=Part("b", Decimal(0)))
    )

    assert rectangles(chart) == []


def test_line_chart_names_its_lines_and_dashes_all_but_the_strong():
    lines = [
        Line("this period", [Decimal(1), Decimal(8), Decimal(3)], strong=True),
        Line("period before", [Decimal(2), Decimal(2), Decimal(2)]),
    ]
    chart = etree.fromstring(line_chart(title="x", unit="kWh", lines=lines, ticks=[(0, "Mar 1"), (2, "Mar 3")]))

    drawn = list(chart.iter(f"{SVG}polyline"))
    assert [line.get("stroke-dasharray") for line in drawn] == ["4 2.5", None]
    assert {"this period", "period before", "Mar 1", "Mar 3", "8.00", "1.00"} <= set(words(chart))


def test_line_chart_breaks_where_there_is_no_figure():
    values = [Decimal(1), Decimal(2), None, Decimal(3), None, Decimal(4), Decimal(5)]
    chart = etree.fromstring(line_chart(title="x", unit="kWh", lines=[Line("a", values)], ticks=[]))

    assert len(list(chart.iter(f"{SVG}polyline"))) == 2
    assert len(list(chart.iter(f"{SVG}circle"))) == 1


def test_line_chart_of_nothing_is_drawn_all_the_same():
    chart = etree.fromstring(line_chart(title="x", unit="kWh", lines=[Line("a", [None, None], strong=True)], ticks=[]))

    assert list(chart.iter(f"{SVG}polyline")) == []


@pytest.mark.parametrize(
    ("top", "marks"),
    [
        ("18", ["0", "5", "10", "15", "20"]),
        ("18500", ["0", "5,000", "10k", "15k", "20k"]),
        ("5.5", ["0", "1.5", "3", "4.5", "6"]),
    ],
)
def test_the_marks_of_a_scale_have_no_idle_zeros(top, marks):
    chart = etree.fromstring(line_chart(title="x", unit="kWh", lines=[Line("a", [Decimal(top)])], ticks=[]))

    assert words(chart)[1:-1] == marks
