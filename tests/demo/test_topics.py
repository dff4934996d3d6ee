"""The synthetic areas are those of the built-in vocabulary."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from hcpgraph import areas
from hcpgraph.areas.labelling import find_areas
from hcpgraph.demo.topics import TOPICS, Topic


@pytest.fixture(scope="module")
def words() -> set[tuple[str, str]]:
    """Every (slug, folded word or phrase) by which an area is known."""
    area_rows, term_rows = areas.rows(areas.load())
    slug = {number: slug for number, slug, *_ in area_rows}
    return {
        (slug[number], term) for number, kind, term in term_rows if kind != "exclude"
    }


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_topics_are_known_to_the_vocabulary(
    topic: Topic, words: set[tuple[str, str]]
) -> None:
    """Every hashtag means the area, and so does the disease in every language."""
    assert all((topic.slug, areas.folded(tag)) in words for tag in topic.hashtags)
    assert all(
        (topic.slug, areas.folded(condition)) in words
        for condition in topic.condition.values()
    )


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_subject_names_its_disease(topic: Topic) -> None:
    """A text without a hashtag still says what it is about."""
    assert all(topic.condition["en"] in subject for subject in topic.subjects)


def test_texts_are_labelled_with_what_they_are_about(small: Any) -> None:
    """The toolkit's own queries find the planted area of nearly every post."""
    posts, texts = small.world.posts, small.world.texts
    area_rows, term_rows = areas.rows(areas.load())
    slug = {number: slug for number, slug, *_ in area_rows}
    topics = {topic.slug for topic in small.world.topics}
    with duckdb.connect() as study:
        study.execute("create table area_term (area int, kind text, term text)")
        study.executemany("insert into area_term values (?, ?, ?)", term_rows)
        study.execute("create table said (document int, text text, hashtags text[])")
        said = [(row, text, []) for row, text in enumerate(texts.text)]
        study.executemany("insert into said values (?, ?, ?)", said)
        study.execute("create temp view area_document as select * from said")
        for query in find_areas:
            study.execute(query)
        rows = study.execute("select document, area from area_found").fetchall()

    found: list[set[str]] = [set() for _ in range(len(posts))]
    for row, area in rows:
        found[row] |= {slug[area]} & topics
    planted = [
        {small.world.topics[area].slug} if area >= 0 else set()
        for area in posts.area.tolist()
    ]

    right = [a == b for a, b in zip(found, planted, strict=True)]
    assert sum(right) > 0.95 * len(right)
    assert all(a <= b for a, b in zip(found, planted, strict=True))
