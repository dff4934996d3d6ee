"""The page inside a notebook."""

from __future__ import annotations

import pytest

from hcpgraph.reports import Frame


def test_a_page_cannot_break_out_of_its_frame():
    """Quotes and tags of the page are text of one attribute."""
    shown = Frame('<p title="a">&amp;</p></iframe>', height=300)._repr_html_()

    assert shown.count("</iframe>") == 1
    assert "&lt;p title=&quot;a&quot;&gt;&amp;amp;&lt;/p&gt;" in shown
    assert 'height="300"' in shown


def test_a_frame_has_some_height():
    """Nothing that cannot be seen."""
    with pytest.raises(ValueError, match="1 pixel or more"):
        Frame("", height=0)


def test_a_framed_page_works_as_the_file_does(browser, tmp_path, html):
    """Drawn, searched and clicked, apart from the notebook, without a complaint."""
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html>{Frame(html)._repr_html_()}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text))

    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html.alive").wait_for()
    frame.locator("#theme").click()
    frame.locator(".area:not(.away) .leaders .person").first.click()

    assert frame.locator("canvas").first.is_visible()
    assert errors == []
    page.close()
