"""Whatever the start, length and pauses, the engine says what walking minute by minute says."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from .naive import DAY, HOURS, Step, Story, due, minute, minutes_of, said
from .stories import played, reckoned, told

FIRST, LAST = minute("2024-01-01"), minute("2026-12-31T23:59")
OFFICE_EDGES = st.sampled_from([0, 539, 540, 719, 720, 810, 1079, 1080, 1439])
UNIT_LENGTHS = {
    "working": st.one_of(st.integers(0, 2400).map("{}m".format), st.integers(1, 12).map("{}d".format)),
    "elapsed": st.one_of(st.integers(0, 9000).map("{}m".format), st.integers(1, 12).map("{}d".format)),
    "statutory": st.integers(0, 40).map("{}d".format),
}


@st.composite
def moments(draw: st.DrawFn) -> int:
    day = draw(st.integers(FIRST // DAY, LAST // DAY))
    return day * DAY + draw(st.one_of(OFFICE_EDGES, st.integers(0, DAY - 1)))


@st.composite
def plain_stories(draw: st.DrawFn, unit: str) -> Story:
    """A start, a length, and up to three pauses wherever they fall."""
    start, length = draw(moments()), draw(UNIT_LENGTHS[unit])
    reach = minutes_of(length) * (3 if unit == "working" else 1) + DAY
    pauses = []
    for _pause in range(draw(st.integers(0, 3))):
        begins = start + draw(st.integers(-DAY, reach))
        pauses.append(Step("pause", begins, begins + draw(st.integers(0, 5 * DAY))))
    hours = draw(st.sampled_from(list(HOURS))) if unit == "working" else "office"
    return Story(unit, hours, said(start), length, tuple(sorted(pauses, key=lambda step: step.at)))


@st.composite
def stories_with_a_change(draw: st.DrawFn) -> Story:
    """Up to one pause, and another level or tier before it is due."""
    story = draw(plain_stories(draw(st.sampled_from(["working", "elapsed"]))))
    kind = draw(st.sampled_from(["length", "unit"]))
    new = f"{draw(st.integers(0, 2400))}m"
    value = new if kind == "length" else f"{draw(st.sampled_from(['working', 'elapsed']))} {new}"
    long = f"{draw(st.integers(1, 2400))}m"
    ends = minute(due(Story(story.unit, story.hours, story.start, long, story.steps[:1])))
    step = Step(kind, draw(st.integers(minute(story.start), ends - 1)), value=value)
    assume(all(step.at != max(pause.at, minute(story.start)) for pause in story.steps[:1]))  # which came first?
    steps = tuple(sorted([*story.steps[:1], step], key=lambda each: each.at))
    return Story(story.unit, story.hours, story.start, long, steps)


@given(plain_stories("working"))
@settings(max_examples=60, deadline=None)
def test_working_time(story):
    assert told(story, reckoned(story)) == told(story, played(story)) == due(story)


@given(plain_stories("elapsed"))
@settings(max_examples=60, deadline=None)
def test_elapsed_time(story):
    assert told(story, reckoned(story)) == told(story, played(story)) == due(story)


@given(plain_stories("statutory"))
@settings(max_examples=100, deadline=None)
def test_statutory_days(story):
    assert told(story, reckoned(story)) == told(story, played(story)) == due(story)


@given(stories_with_a_change())
@settings(max_examples=60, deadline=None)
def test_used_time_stays_used_whatever_changes(story):
    assert told(story, played(story)) == due(story)
