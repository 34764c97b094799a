"""The arithmetic of ratios and verdicts."""

from dataclasses import replace

import pytest

from generator.bench import executor, lowest, rows, scaling


@pytest.mark.parametrize(("value", "met"), [(7.99, False), (8.0, True), (8.01, True)])
def test_at_least(value, met):
    assert rows.at_least("speed", value, 8) == rows.Row(
        "speed", value=value, goal="at least 8", met=met
    )


@pytest.mark.parametrize(("value", "met"), [(1.24, True), (1.25, True), (1.26, False)])
def test_at_most(value, met):
    assert rows.at_most("cost", value, 1.25) == rows.Row(
        "cost", value=value, goal="at most 1.25", met=met
    )


def test_a_ratio_is_taken_round_by_round():
    # The second round was slow for both.
    assert rows.median_ratio([2.0, 20.0, 3.0], [1.0, 10.0, 1.0]) == 2.0


def test_rounds_must_pair():
    with pytest.raises(ValueError, match="shorter"):
        rows.median_ratio([1.0, 2.0], [1.0])


def test_the_floor_is_one_import_and_the_bodies_packed_on_all_cores():
    assert rows.floor(3.0, [1.0, 2.0, 5.0], 2) == 7.0


def test_the_floor_takes_the_middle_import():
    alone = lowest.Alone(
        imports=[9.0, 2.0, 1.0],
        walls=[4.0, 2.0],
        processors=[5.0, 2.0],
        import_processors=[2.0, 8.0, 3.0],
    )

    assert alone.floor(2) == 5.0
    assert alone.serial() == 18.0
    assert alone.processor() == 10.0


MEASURED = executor.Measured(
    ours=[30.0, 10.0, 11.0],
    our_processors=[21.0, 18.0, 22.0],
    peer=115.0,
    unexecuted=5.0,
    rendering=12.0,
    serial=60.0,
    floors={"a": 10.0},
    processor=20.0,
)


def test_verdicts_of_the_executor():
    speed, cost = [row for row in executor.rows(MEASURED) if row.goal]

    assert (speed.value, speed.met) == (10.0, True)
    assert (cost.value, cost.met) == (1.1, True)


def test_the_lower_floor_counts():
    found = replace(MEASURED, ours=[13.0], peer=95.0, floors={"a": 10.0, "b": 13.0})

    speed, cost = [row for row in executor.rows(found) if row.goal]

    assert not speed.met
    assert cost.value == 1.3
    assert not cost.met


def test_what_the_floor_would_reach_stands_beside_what_ours_does():
    said = [row.what for row in executor.rows(MEASURED)]
    bound = said.index("the same / the lower floor, for comparison")

    assert executor.rows(MEASURED)[bound].value == 11.0
    assert said[bound - 1] == "mkdocs-jupyter's execution alone / ours"


def test_real_and_light_snippets_are_measured_in_the_same_way(tmp_path, monkeypatch):
    kinds = []

    def measured(work, names, _):
        kinds.append(work.name)
        return MEASURED, {"scripts": names}

    monkeypatch.setattr(executor, "_measure", measured)
    lines, raw = executor.measure(tmp_path, bar=None)

    assert kinds == list(raw) == ["real", "light"]
    assert all(len(one["scripts"]) == executor.SCRIPTS for one in raw.values())
    assert [line.of for line in lines[:4]] == ["real", "light"] * 2
    assert lines[0].what == lines[1].what != lines[2].what
    assert len([line for line in lines if line.goal]) == 4


def test_growth_compares_the_end_with_the_50th_snippet():
    series = scaling.Series(
        finished=[0, 30, 50, 70, 300, 480, 500],
        parent=[50.0, 98.0, 100.0, 104.0, 900.0, 105.0, 115.0],
        server=[1.0] * 7,
    )

    assert scaling.growth(series, "parent") == pytest.approx(1.1)
    assert scaling.growth(series, "server") == 1.0
