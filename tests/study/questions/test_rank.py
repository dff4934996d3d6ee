"""Who leads: the planted leaders, and nobody who must not be listed."""

from __future__ import annotations

import pytest
from scipy.stats import rankdata

from hcpgraph.errors import UnknownArea, UnknownMeasure
from hcpgraph.model.names import CONTRIBUTIONS, HCP_ROLES, LAYERS, MEASURES

AREAS = (
    "breast-cancer",
    "lung-cancer",
    "diabetes",
    "heart-failure",
    "multiple-sclerosis",
    "asthma",
)
LAST_QUARTER = "2025-10-01"
EVERYONE = 10_000  # more than any area has


def places(ranking):
    """The place of everyone on a list, by id."""
    return dict(zip(ranking.table["id"], ranking.table["rank"], strict=True))


@pytest.mark.parametrize("area", AREAS)
def test_planted_leaders_lead_and_loud_accounts_do_not(full, area):
    """At least six of eight leaders are among the first 20; no loud one among 50."""
    listed = list(full.study.rank(area, top=50).table["id"])

    leaders = full.who(planted_kind="leader", area=area)
    assert len(leaders) == 8
    assert len(leaders & set(listed[:20])) >= 6
    assert not full.who(planted_kind="loud", area=area) & set(listed)


def test_rising_stars_rise_in_the_last_quarter(full):
    """Of the twelve planted, at most three do not gain; together they gain much.

    Strangers who respond late count less, and so do stars that strangers find first.
    """
    before, after = [], []
    for area in AREAS:
        year = places(full.study.rank(area, top=EVERYONE))
        quarter = places(full.study.rank(area, top=EVERYONE, since=LAST_QUARTER))
        for star in sorted(full.who(planted_kind="rising", area=area)):
            before.append(year[star])
            after.append(quarter[star])

    assert len(before) == 12
    assert sum(late < early for late, early in zip(after, before, strict=True)) >= 9
    assert sum(after) <= 0.75 * sum(before)


def test_whoever_must_not_be_listed_is_not(full):
    """Patients are on no list, whatever the audience or area."""
    hidden = full.who(listable="false")
    assert len(hidden) > 100

    for area, audience in ((None, "all"), (None, "hcp"), ("all", "all")):
        ranking = full.study.rank(area, top=EVERYONE, audience=audience)
        assert not hidden & set(ranking.table["id"])


def test_organisations_and_bots_are_no_people(full):
    """What is known to be no person is on no list of people, whatever the audience."""
    none = {"organisation", "company", "media", "bot"}

    people = full.study.rank(top=EVERYONE, audience="all").table
    professionals = full.study.rank(top=EVERYONE, audience="hcp").table

    assert not none & set(people["role"])
    for role in sorted(none):
        planted = full.who(planted_role=role)
        assert planted
        assert not planted & set(professionals["id"])


def test_the_audience_says_who_is_listed(full):
    """hcp: professionals; all: everyone else too; auto: hcp, as roles are known."""
    professionals = full.study.rank("asthma", top=EVERYONE, audience="hcp")
    everyone = full.study.rank("asthma", top=EVERYONE, audience="all")
    auto = full.study.rank("asthma", top=EVERYONE)

    assert set(professionals.table["role"]) <= HCP_ROLES
    assert "unknown" in everyone.table["role"]
    assert set(professionals.table["id"]) < set(everyone.table["id"])
    assert auto.table == professionals.table
    assert auto.notes[0] == "audience: hcp"


def test_held_back_and_listed_add_up_to_everyone(full):
    """Nobody gets lost between the ties and the list."""
    ranking = full.study.rank("asthma", top=EVERYONE)
    graph = full.study.graph("asthma")

    held = [int(note.split()[2]) for note in ranking.notes if "not listed" in note]
    assert sum(held) + len(ranking) == graph.n_nodes


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "DE"), ("specialty", "Pulmonology"), ("role", "nurse")],
)
def test_filters_keep_the_order_and_drop_the_rest(full, field, value):
    """A filter is a cut through the same list, and says how many it cut."""
    whole = full.study.rank("asthma", top=EVERYONE)

    part = full.study.rank("asthma", top=EVERYONE, **{field: value})

    fits = [
        account
        for account, cell in zip(whole.table["id"], whole.table[field], strict=True)
        if cell == value
    ]
    assert fits
    assert list(part.table["id"]) == fits
    falling = [-score for score in part.table["score"]]
    assert list(part.table["rank"]) == list(rankdata(falling, method="min"))
    dropped = len(whole) - len(fits)
    assert f"other people filtered out: {dropped}" in part.notes


def test_filters_fold_case(full):
    """Nobody remembers how a roster spells it."""
    one = full.study.rank("asthma", country="de", specialty="PULMONOLOGY")
    other = full.study.rank("asthma", country="DE", specialty="pulmonology")

    assert len(one)
    assert one.table == other.table


def test_a_period_counts_only_what_falls_in_it(full):
    """Posts before the period give nobody anything; follows have no time and stay."""
    early = full.study.rank("asthma", top=EVERYONE, until="2025-01-01")

    assert set(early.table["resonance"]) == {0.0}
    assert set(early.table["activity"]) == {0.0}
    assert max(early.table["reach"]) > 0
    assert early.notes[-2].startswith("no dated ties in this period; ")
    assert early.notes[-1].startswith("intervals: each tie resampled on its own")


def test_two_halves_hold_every_act_once(full):
    """From since, inclusive, to until, exclusive: no act falls between two periods."""
    acts = dict.fromkeys(("mention", "reply", "repost", "quote"), 1.0)

    def weight(**period):
        graph = full.study.graph("asthma", layers=acts, **period)
        return float(graph.weight.sum())

    whole = weight()
    assert weight(until="2025-07-01") + weight(since="2025-07-01") == whole
    assert 0 < weight(until="2025-07-01") < whole


def test_layers_choose_what_counts(full):
    """Without acts there is no resonance; without follows the order changes."""
    follows = full.study.rank("asthma", layers={"follow": 1.0})
    acts = full.study.rank("asthma", layers={"mention": 1.0, "repost": 2.0})

    assert set(follows.table["resonance"]) == {0.0}
    assert min(acts.table["resonance"]) > 0
    assert list(follows.table["id"]) != list(acts.table["id"])
    assert acts.parameters["layers"] == {"mention": 1.0, "repost": 2.0}


@pytest.mark.parametrize("layer", LAYERS)
def test_any_layer_may_be_asked_for(tiny, layer):
    """A layer without ties gives an empty list, not an error."""
    ranking = tiny.study.rank(layers={layer: 1.0})

    assert ranking.parameters["layers"] == {layer: 1.0}
    assert bool(len(ranking)) == (layer in tiny.study.summary()["ties"])


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_ranks(full, measure):
    """Any measure gives a full list, best first, without parts."""
    ranking = full.study.rank("asthma", by=measure, top=30)

    scores = list(ranking.table["score"])
    assert len(ranking) == 30
    assert scores == sorted(scores, reverse=True)
    assert not set(CONTRIBUTIONS) & set(ranking.table.names)
    assert ranking.by == measure
    with pytest.raises(ValueError, match="a score without parts"):
        ranking.explain(ranking.table["id"][0])


def test_all_areas_are_the_single_areas_one_after_the_other(full):
    """One call for every area says, row by row, what one call for each says."""
    together = full.study.rank("all", top=7).table

    areas = list(dict.fromkeys(together["area"]))
    assert set(AREAS) <= set(areas)
    rows = []
    for area in areas:
        single = full.study.rank(area, top=7).table
        assert together.names == ("area", *single.names)
        rows += [(area, *row) for row in single.rows()]
    assert list(together.rows()) == rows


def test_a_score_is_the_sum_of_its_contributions(full):
    """Nothing is hidden in a score."""
    table = full.study.rank("diabetes", top=EVERYONE).table

    for row, score in enumerate(table["score"]):
        parts = [table[name][row] for name in CONTRIBUTIONS]
        assert score == pytest.approx(sum(parts), rel=1e-12)
        assert min(parts) >= 0


def test_every_rank_lies_in_its_interval(full):
    """A list by score has intervals, chances and tiers; 200 draws unless asked."""
    found = full.study.rank("diabetes")

    table = found.table
    for low, rank, high in zip(
        table["rank_low"], table["rank"], table["rank_high"], strict=True
    ):
        assert 1 <= low <= rank <= high
    assert min(table["p_top10"]) >= 0
    assert table["tier"][0] == 1
    assert found.parameters["resamples"] == 200


@pytest.mark.parametrize("options", [{"by": "pagerank"}, {"resamples": 0}])
def test_no_interval_is_made_up(full, options):
    """Intervals that were not computed are empty cells."""
    table = full.study.rank("diabetes", **options).table

    assert set(table["rank_low"]) == set(table["rank_high"]) == {None}


@pytest.mark.parametrize(
    "options", [{"by": "pagerank", "resamples": 9}, {"resamples": -1}]
)
def test_impossible_draws_are_refused(full, options):
    """A measure has no intervals, and no draw can be made less than none times."""
    with pytest.raises(ValueError, match="resamples"):
        full.study.rank("diabetes", **options)


def test_a_person_on_the_list_can_be_explained(full):
    """The largest part first; the shares add up to one."""
    ranking = full.study.rank("diabetes")
    handle = f"@{ranking.table['handle'][2]}"

    parts = ranking.explain(handle)

    assert parts == ranking.explain(ranking.table["id"][2])
    assert sorted(parts["contribution"]) == sorted(CONTRIBUTIONS)
    assert sum(parts["value"]) == pytest.approx(ranking.table["score"][2])
    assert sum(parts["share"]) == pytest.approx(1)
    assert list(parts["value"]) == sorted(parts["value"], reverse=True)


def test_top_is_how_many_are_listed(full):
    """A longer list begins with the shorter."""
    ten = full.study.rank("asthma", top=10).table

    assert len(ten) == 10
    assert list(ten.rows()) == list(full.study.rank("asthma").table.head(10).rows())
    assert len(full.study.rank("asthma", top=0)) == 0


def test_asking_twice_gives_the_same_twice(full):
    """Neither threads nor the order of a hash show in a list."""
    for by in ("score", "betweenness", "voterank"):
        one, two = (full.study.rank("asthma", by=by, top=EVERYONE) for _ in range(2))
        assert one == two


UNKNOWN = {
    "area": ({"area": "astma"}, UnknownArea, "did you mean 'asthma'"),
    "empty area": ({"area": ""}, UnknownArea, "choose from"),
    "measure": ({"by": "pagernak"}, UnknownMeasure, "did you mean 'pagerank'"),
    "audience": ({"audience": "hpc"}, ValueError, "did you mean 'hcp'"),
    "role": ({"role": "nrse"}, ValueError, "did you mean 'nurse'"),
    "layer": ({"layers": {"folow": 1.0}}, ValueError, "did you mean 'follow'"),
    "engine": ({"engine": "lokal"}, ValueError, "did you mean 'local'"),
    "date": ({"since": "January"}, ValueError, "is no date"),
    "top": ({"top": -1}, ValueError, "top must be 0 or more, got -1"),
}


@pytest.mark.parametrize(("asked", "error", "words"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_there_is_answered_with_what_is(tiny, asked, error, words):
    """A slip is an error that names the closest, never an empty list."""
    with pytest.raises(error, match=words):
        tiny.study.rank(**asked)


def test_an_area_without_ties_gives_an_empty_list(tiny):
    """Known, but nobody speaks of it: no error, no rows, all columns."""
    ranking = tiny.study.rank("asthma")

    assert len(ranking) == 0
    assert ranking.table.names == tiny.study.rank("breast-cancer").table.names
