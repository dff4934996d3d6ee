"""The page in a real browser, opened from a file with the network off."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def opened(open_page, html):
    """The page of sixty accounts."""
    return open_page(html)


def in_view(opened, part):
    """A part of the area that is shown."""
    return opened.page.locator(f".area:not(.away) {part}")


def test_the_page_asks_for_nothing_and_complains_of_nothing(opened):
    """One request, the file itself; no error, also after some use."""
    in_view(opened, ".leaders .person").first.click()
    opened.page.click("[data-area-link=area-0]")
    opened.page.click("#theme")
    opened.page.wait_for_timeout(100)

    assert [url.split(":")[0] for url in opened.requests] == ["file"]
    assert opened.errors == []


def test_no_stranger_changes_the_page(opened):
    """Names with scripts in them are names."""
    assert opened.page.title() == "</title><b>unkind: influence report"
    names = in_view(opened, ".ranking .person").all_inner_texts()
    assert '</script><script>document.title="owned"</script>' in names
    assert opened.page.locator("img").count() == 0


def test_the_map_is_drawn(opened):
    """Pixels of many colours, not an empty canvas."""
    colours = opened.page.evaluate(
        """() => {
            const canvas = document.querySelector("canvas");
            const { width, height } = canvas;
            const seen = canvas.getContext("2d").getImageData(0, 0, width, height).data;
            return new Set(new Uint32Array(seen.buffer)).size;
        }"""
    )

    assert colours > 20


def test_search_finds_people_and_says_how_many(opened):
    """Part of a name, a handle or an institution; accents do not matter."""
    in_view(opened, "[data-part=search]").fill("ZOE neil")

    results = in_view(opened, "[data-part=results] button")
    assert results.count() == 1
    assert "Zoë" in results.first.inner_text()
    assert in_view(opened, "[data-part=status]").inner_text() == "1 person matches."

    in_view(opened, "[data-part=search]").fill("nobody like this")
    assert results.count() == 0
    assert "0 people match" in in_view(opened, "[data-part=status]").inner_text()


def test_filters_narrow_the_map_and_the_results(opened):
    """By role, by community and by kind of tie."""
    before = in_view(opened, "[data-part=status]").inner_text()
    in_view(opened, "[data-part=role]").select_option("nurse")

    after = in_view(opened, "[data-part=status]").inner_text()
    roles = in_view(opened, "[data-part=results] small").all_inner_texts()
    assert before != after
    assert "pass the filters" in after
    assert {role.split(",")[0] for role in roles} == {"nurse"}

    in_view(opened, "[data-part=role]").select_option("-")
    assert in_view(opened, "[data-part=results] button").count() == 0
    in_view(opened, "[data-part=role]").select_option("")
    in_view(opened, "[data-part=community]").select_option("0")
    in_view(opened, "[data-part=layers] input").first.uncheck()
    assert opened.errors == []


def test_a_name_opens_a_profile_with_reasons_and_endorsers(opened):
    """From the list to the map, with what the score is made of."""
    in_view(opened, ".ranking .person").nth(4).click()

    profile = in_view(opened, "[data-part=profile]")
    said = profile.inner_text()
    assert "Rank 5 of" in said
    assert "90 % interval 3 to 7" in said
    assert "resonance" in said
    assert "Endorsers" in said
    assert opened.page.evaluate("document.activeElement.tagName") == "H4"

    opened.page.keyboard.press("Escape")
    assert profile.is_hidden()
    assert in_view(opened, "[data-part=search]").is_visible()


def test_a_click_on_a_dot_opens_its_profile(opened):
    """Whoever is found by searching stands in the middle, and can be clicked there."""
    in_view(opened, "[data-part=search]").fill("handle_5")
    in_view(opened, "[data-part=results] button").first.click()
    title = in_view(opened, "[data-part=profile] h4").inner_text()
    in_view(opened, "[data-part=profile] .close").click()
    box = in_view(opened, "canvas").bounding_box()

    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    assert in_view(opened, "[data-part=profile] h4").inner_text() == title


def test_a_dot_without_a_name_says_so_and_no_more(opened):
    """No id, no handle, no role."""
    in_view(opened, "[data-part=role]").select_option("-")
    canvas = in_view(opened, "canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    profile = in_view(opened, "[data-part=profile]")
    for step in range(900):
        x = box["x"] + 40 + step % 30 * (box["width"] - 80) / 29
        y = box["y"] + 60 + step // 30 * (box["height"] - 80) / 29
        opened.page.mouse.move(x, y)
        if "pointer" in (canvas.get_attribute("style") or ""):
            opened.page.mouse.click(x, y)
            break

    said = profile.inner_text()
    assert "An account that is not named" in said
    assert not re.search(r"9\d{15,}|handle|clinician|nurse", said)


def test_columns_sort_by_value_and_say_so(opened):
    """Once up, twice down; screen readers are told."""
    head = in_view(opened, ".ranking thead th").nth(3)
    head.locator("button").click()
    scores = in_view(opened, ".ranking .score .said").all_inner_texts()
    assert head.get_attribute("aria-sort") == "ascending"
    assert scores == sorted(scores, key=float)

    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert in_view(opened, ".ranking .score .said").first.inner_text() == scores[-1]


def test_the_list_shows_the_rows_that_were_asked_for(opened):
    """By words and by role, with the number of rows."""
    block = in_view(opened, "[data-table]").first
    block.locator("[data-filter=role]").select_option("nurse")

    rows = block.locator("tbody tr:visible")
    assert 0 < rows.count() < 12
    assert f"{rows.count()} of 12 rows" in block.locator("[role=status]").inner_text()


def test_everything_can_be_done_by_keyboard(opened):
    """Tab reaches links, controls and the map; arrows and signs move the map."""
    reached = set()
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.add(
            opened.page.evaluate(
                "document.activeElement.dataset.part || document.activeElement.tagName"
            )
        )
    assert {"A", "BUTTON", "canvas", "search", "role", "community", "fit"} <= reached
    outline = opened.page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle"
    )
    assert outline != "none"

    canvas = in_view(opened, "canvas")
    picture = "c => c.toDataURL().length + ':' + c.toDataURL().slice(-400)"
    canvas.focus()
    before = canvas.evaluate(picture)
    opened.page.keyboard.press("+")
    opened.page.keyboard.press("ArrowLeft")
    opened.page.wait_for_timeout(400)
    assert canvas.evaluate(picture) != before


def test_enter_in_the_search_opens_the_first_result(opened):
    """Without a mouse."""
    in_view(opened, "[data-part=search]").fill("handle_7")
    opened.page.keyboard.press("Enter")

    assert in_view(opened, "[data-part=profile]").is_visible()


def test_areas_are_shown_one_at_a_time(opened):
    """A link, or an address with the area, brings it into view."""
    opened.page.click("[data-area-link=area-0]")

    shown = opened.page.locator(".area:not(.away)")
    assert shown.count() == 1
    assert shown.get_attribute("data-area") == "area-0"
    assert opened.page.locator("[aria-current]").inner_text() == "Area-0"
    assert "No validation on the study's own past" in shown.inner_text()


def test_the_switch_overrides_the_system_theme(opened):
    """Light and dark differ, and the button says which."""
    paper = "getComputedStyle(document.body).color"
    light = opened.page.evaluate(paper)
    opened.page.click("#theme")

    assert opened.page.evaluate(paper) != light
    assert opened.page.get_attribute("#theme", "aria-pressed") == "true"


def test_paper_shows_every_area_and_no_controls(opened):
    """What is printed is the whole report."""
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert opened.page.locator(".area:visible").count() == 2
    assert opened.page.locator("[data-part=search]:visible").count() == 0
    assert opened.page.locator(".bar:visible").count() == 0


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_width_scrolls_sideways(opened, width):
    """Wide tables scroll inside their own boxes."""
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.page.wait_for_timeout(100)

    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_tables_and_controls_have_names(opened):
    """Every table a caption, every control a label, every canvas a text."""
    nameless = opened.page.evaluate(
        """() => [...document.querySelectorAll("table, input, select, canvas, button")]
            .filter((one) => !(one.caption || one.labels?.length || one.ariaLabel
                || one.textContent.trim() || one.closest("label")
                || one.classList.contains("parts")))
            .map((one) => one.outerHTML)"""
    )

    assert nameless == []
