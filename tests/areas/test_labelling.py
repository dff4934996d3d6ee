"""Posts and accounts get the areas that a reader would give them."""

from __future__ import annotations

import pytest

from hcpgraph import areas


@pytest.mark.parametrize(
    ("text", "slug", "evidence"),
    [
        ("New data #BCSM", "breast-cancer", "#bcsm"),
        ("#BreastCancer month", "breast-cancer", "#breastcancer"),
        ("Breast\ncancer: screening", "breast-cancer", "breast cancer"),
        ("Journée du CANCER DU SEIN", "breast-cancer", "cancer du sein"),
        ("Früherkennung von Brustkrebs", "breast-cancer", "brustkrebs"),
        ("join #HIV_chat tonight", "hiv", "#hiv_chat"),
        ("Crohn's disease update", "ibd", "crohn"),
        ("tackling #stroke", "stroke", "stroke"),
        ("insuffisance   cardiaque", "heart-failure", "insuffisance cardiaque"),
        ("COVID-19 wave", "covid-19", "covid"),
        ("Diab\u00e8tes and \uff03T1D", "diabetes", "#t1d"),
        ("(#MSky) multiple sclerosis", "multiple-sclerosis", "multiple sclerosis"),
    ],
)
def test_areas_are_found(study, text, slug, evidence):
    """Hashtags and terms, case, accents and line ends aside."""
    study.add_posts(text)

    study.label()

    assert study.post_areas()[0][slug] == evidence


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("My horoscope: Cancer, beware of Tuesday", "cancer"),
        ("The great depression of the thirties", "depression"),
        ("Her butterfly stroke in the swimming final", "stroke"),
        ("asthmatically speaking", "asthma"),
        ("see https://example.org/asthma and @asthma", "asthma"),
        ("(@asthma) (https://example.org/asthma)", "asthma"),
        ("breast. No cancerous cells", "breast-cancer"),
        ("I feel this #bcsmall", "breast-cancer"),
        (None, "asthma"),
        ("", "asthma"),
    ],
)
def test_areas_are_not_found(study, text, slug):
    """Homonyms, parts of words, addresses and handles give no area."""
    study.add_posts(text)

    study.label()

    assert slug not in study.post_areas().get(0, {})


def test_a_hashtag_survives_excluded_words(study):
    """Who uses the community's tag means it, whatever else the post says."""
    study.add_posts("horoscope #CancerChat cancer")

    study.label()

    assert study.post_areas() == {0: {"cancer": "#cancerchat"}}


def test_the_hashtag_column_counts(study):
    """Tags given beside a text that lacks them count as tags and as words."""
    study.add_post(0, "Great talk", hashtags=["LCSM", "Asthma"])

    study.label()

    assert study.post_areas() == {0: {"asthma": "asthma", "lung-cancer": "#lcsm"}}


def test_evidence_is_the_first_hashtag(study):
    """Hashtags go before terms, and the first of the alphabet is named."""
    study.add_posts("#mbcsm #bcsm breast cancer mammography")

    study.label()

    assert study.post_areas()[0]["breast-cancer"] == "#bcsm"
    assert study.rows("select count(*) from post_area where area = 1") == [(1,)]


def test_scripts_without_blanks_are_found_by_hashtag(empty_study):
    """A Japanese tag is found; there are no Japanese words to find."""
    asthma = areas.Area("asthma", "Asthma", None, ("喘息",), (), ())
    empty_study.use(areas.Vocabulary((asthma,), "test"))
    empty_study.add_posts("治療 #喘息 です")

    empty_study.label()

    assert empty_study.post_areas() == {0: {"asthma": "#喘息"}}


def test_a_repost_has_the_areas_of_its_original(study):
    """The cut text of a repost is not read when the original is known."""
    study.add_posts("Obesity and #T2D")
    study.add_post(1, "RT @someone: asthma and obes…", repeats=0)
    study.add_post(2, "RT @someone: asthma", repeats=99)

    study.label()

    assert study.post_areas()[1] == {
        "diabetes": "repost of #t2d",
        "obesity": "repost of obesity",
    }
    assert study.post_areas()[2] == {"asthma": "asthma"}


def test_a_late_original_relabels_its_reposts(study):
    """The order in which files are imported does not matter."""
    study.add_account(5)
    study.add_post(1, "RT @someone: asthma …", author=5, repeats=0)
    study.label()
    study.next_file()
    study.add_posts("asthma and obesity")

    study.label()

    assert study.post_areas()[1] == {
        "asthma": "repost of asthma",
        "obesity": "repost of obesity",
    }
    found = study.account_areas("posts")
    assert [row[:3] for row in found if row[0] == 5] == [
        (5, "asthma", 1),
        (5, "obesity", 1),
    ]


def test_labels_are_replaced(study):
    """Labelling a post again leaves one row for each of its areas."""
    study.add_posts("asthma")
    study.label()
    study.connection.execute("update post set text = 'obesity'")

    study.label()

    assert study.post_areas() == {0: {"obesity": "obesity"}}


def test_nothing_temporary_stays(study):
    """The queries drop what they make."""
    tables = "select table_name from duckdb_tables() order by all"
    views = "select view_name from duckdb_views() where not internal order by all"
    before = study.rows(tables), study.rows(views)

    study.label()

    assert (study.rows(tables), study.rows(views)) == before


def test_accounts_have_counts_and_shares(study):
    """Share is of everything the account posted, reposts included."""
    study.add_account(0)
    study.add_posts("#t1d", "#t1d", "insulin", "asthma", "good morning")

    study.label()

    assert study.account_areas("posts") == [
        (0, "asthma", 1, 0.2, "asthma"),
        (0, "diabetes", 3, 0.6, "#t1d"),
    ]


def test_rosters_give_areas_by_slug_name_or_term(study):
    """The area column and the specialty are read with the same vocabulary."""
    study.add_account(0)
    study.add_account(1)
    study.connection.execute(
        "insert into person values (0, 'Cardiology', 'breast-cancer; Lung cancer'),"
        " (1, 'Urology', null)"
    )
    study.connection.execute("insert into person_account values (0, 0), (1, 1), (1, 9)")

    study.label()

    found = [(account, slug) for account, slug, *_ in study.account_areas("roster")]
    assert found == [
        (0, "breast-cancer"),
        (0, "cancer"),
        (0, "heart-disease"),
        (0, "lung-cancer"),
        (1, "urologic-disease"),
    ]


def test_bios_are_read_of_open_professionals_only(study):
    """No area from the bio of a patient, a bot, or somebody without a role."""
    bio = "Asthma"
    study.add_account(0, bio=bio, role="clinician")
    study.add_account(1, bio=bio, role="clinician", listable=False)
    study.add_account(2, bio=bio)
    study.add_account(3, bio=bio, role="bot")
    study.add_account(4, name="Asthma Society", role="organisation")

    study.label()

    assert study.account_areas("bio") == [
        (0, "asthma", None, None, "asthma"),
        (4, "asthma", None, None, "asthma"),
    ]


def test_a_text_that_many_posts_repeat_labels_each_of_them(study):
    """Each text is read once, but its words count for every post that bears them."""
    study.add_posts("On lung cancer", "On lung cancer", "On gardening")
    study.add_post(3, "On lung cancer", hashtags=["BCSM"])

    study.label()

    found = study.post_areas()
    assert found[0] == found[1] == {"cancer": "cancer", "lung-cancer": "lung cancer"}
    assert 2 not in found
    assert found[3]["breast-cancer"] == "#bcsm"
