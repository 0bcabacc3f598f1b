"""A site in three layers, site over harbour over newsroom: who wins, and what a change of one makes again."""

import shutil
from pathlib import Path

import pytest

from itnews.app.build import build
from itnews.app.options import Options
from tests.laws.edits import differences
from tests.sites import NOW, SETTINGS, Site, told

ROOT = Path(__file__).parents[2]
HARBOUR = "theme: {name: harbour}\n"
PAGES = {"shell", "front", "list", "alias"}
UPDATES = {"content/updates/vpn.md", "content/updates/mail.md"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with the repository's harbour, built once."""
    made = Site(tmp_path / "site")
    made.write("itnews.yaml", SETTINGS + HARBOUR)
    shutil.copytree(ROOT / "themes/harbour", made.folder / "themes/harbour")
    made.document("updates/vpn", "Text.", date="2026-03-02", title="VPN", aliases="[/old/]")
    made.document("updates/mail", "Text.", date="2026-03-01", title="Mail")
    made.document("projects/access", "Text.", status="on-track", horizon="now")
    assert told(made.build()) == (0, ())
    return made


def remade(site: Site, scratch: Path) -> set[str]:
    """The pages that the next build makes, in its own words. It has to say and give what a clean one does."""
    report = site.build()
    clean = site.clean(scratch)
    assert told(report) == told(clean)
    assert differences(site.output, scratch / "output") == []
    made = (key.split("|") for key in report.made)
    return {name for kind, _, name in made if kind in PAGES}


def everything(site: Site, scratch: Path) -> set[str]:
    """All pages, in the same words, but the one at a former address: it has neither masthead nor style sheet."""
    site.clean(scratch)
    made = (key.split("|") for key in build(Options(scratch, NOW, clean=True)).made)
    return {name for kind, _, name in made if kind in PAGES - {"alias"}}


def override(text: str, *, block: str = "last", template: str = "update.html") -> str:
    return f'{{% extends "parent:{template}" %}}{{% block {block} %}}{text}{{% endblock %}}'


# A file of the site's own layer, two texts of it, and which pages have to do with it; None: all that have a masthead.
LAYERS = {
    "a block of a template": ("templates/update.html", override("one"), override("two"), UPDATES),
    "a whole template": ("templates/404.html", "<p>one", "<p>two", {"404"}),
    "a template for one list": (
        "templates/list-people.html",
        '{% extends "list.html" %}{% block label %}one{% endblock %}',
        '{% extends "list.html" %}{% block label %}two{% endblock %}',
        {"1 kind:person"},
    ),
    "a partial of projects only": (
        "templates/partials/standing.html",
        "one",
        "two",
        {"content/projects/access.md"},
    ),
    "a partial of all pages": ("templates/partials/masthead.html", "one", "two", None),
    "a style sheet": ("assets/harbour.css", "p {color: red}", "p {color: blue}", None),
    "a picture that a style sheet names": ("assets/scale.svg", "<svg/>", "<svg></svg>", None),
    "a template that nobody uses": ("templates/spare.html", "one", "two", set[str]()),
    "an asset that nobody uses": ("assets/spare.svg", "<svg/>", "<svg></svg>", set[str]()),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_an_override_that_comes_changes_and_goes_makes_just_its_pages(
    layer: str, site: Site, tmp_path: Path
) -> None:
    name, first, second, pages = LAYERS[layer]
    wanted = everything(site, tmp_path / "all") if pages is None else pages
    for text in (first, second):
        site.write(f"theme/{name}", text)
        assert remade(site, tmp_path / "clean") == wanted
    site.remove(f"theme/{name}")
    assert remade(site, tmp_path / "clean") == wanted


@pytest.mark.parametrize("layer", ["a block of a template", "a partial of projects only"])
def test_the_same_in_the_theme_below(layer: str, site: Site, tmp_path: Path) -> None:
    name, first, second, pages = LAYERS[layer]
    for text in (first, second):
        site.write(f"themes/harbour/{name}", text)
        assert remade(site, tmp_path / "clean") == pages
    site.remove(f"themes/harbour/{name}")
    assert remade(site, tmp_path / "clean") == pages


def test_a_layer_that_is_hidden_by_the_one_above_makes_nothing_again(
    site: Site, tmp_path: Path
) -> None:
    site.write("theme/templates/partials/standing.html", "the site's own")
    site.build()
    site.write("themes/harbour/templates/partials/standing.html", "harbour's")
    assert remade(site, tmp_path / "clean") == set()


def test_the_accent_is_a_style_sheet_of_its_own_and_makes_no_page_again(
    site: Site, tmp_path: Path
) -> None:
    site.write("itnews.yaml", SETTINGS + "theme: {name: harbour, accent: '#5b0f4e'}\n")
    report = site.build()
    assert report.change.written == ("/assets/tokens.css",)
    assert remade(site, tmp_path / "clean") == set()


def test_words_about_a_theme_make_nothing_again(site: Site, tmp_path: Path) -> None:
    site.write("themes/harbour/theme.yaml", "title: Port\nparent: newsroom\n")
    assert remade(site, tmp_path / "clean") == set()


def test_another_parent_makes_what_the_parent_changes(site: Site, tmp_path: Path) -> None:
    site.write("themes/quay/theme.yaml", "")
    site.write("themes/quay/templates/update.html", override("from the quay"))
    site.write("themes/harbour/theme.yaml", "parent: quay\n")
    assert remade(site, tmp_path / "clean") == UPDATES
    assert "from the quay" in site.page("/updates/vpn/")
    site.write("themes/harbour/theme.yaml", "")
    assert remade(site, tmp_path / "clean") == UPDATES
    assert "from the quay" not in site.page("/updates/vpn/")


def test_another_theme_makes_all_pages_again_and_back(site: Site, tmp_path: Path) -> None:
    wanted = everything(site, tmp_path / "all")
    site.write("itnews.yaml", SETTINGS)
    assert remade(site, tmp_path / "clean") == wanted
    assert not list((site.output / "assets").glob("harbour.*"))
    site.write("itnews.yaml", SETTINGS + HARBOUR)
    assert remade(site, tmp_path / "clean") == wanted
    assert list((site.output / "assets").glob("harbour.*"))


def test_a_theme_that_goes_away_is_an_error_and_comes_back(site: Site, tmp_path: Path) -> None:
    page = site.page("/updates/vpn/")
    (site.folder / "themes/harbour/theme.yaml").rename(tmp_path / "kept")
    (problem,) = site.build().problems
    assert (problem.code, problem.at.line, problem.hint) == (
        "theme-unknown",
        8,
        "put a theme.yaml into themes/harbour/; it may be empty",
    )
    assert site.page("/updates/vpn/") == page
    (tmp_path / "kept").rename(site.folder / "themes/harbour/theme.yaml")
    assert not site.build().change


def test_each_layer_adds_to_the_one_below(site: Site) -> None:
    site.write("themes/harbour/templates/update.html", override("{{ super() }}harbour, "))
    site.write("theme/templates/update.html", override("{{ super() }}site"))
    assert told(site.build()) == (0, ())
    assert "harbour, site" in site.page("/updates/vpn/")


MISTAKES = {
    "a block that no parent has": (
        override("Text", block="lastt"),
        ("template-block-unknown", 1, "did you mean 'last'?"),
    ),
    "a partial that is not there": (
        override('{% include "partials/contakt.html" %}'),
        ("template-missing", 1, "did you mean 'partials/contact.html'?"),
    ),
    "a fragment that is not there": (
        override('\n{{ site.fragment("partials/fotter.html") }}'),
        ("template-missing", 2, "did you mean 'partials/footer.html'?"),
    ),
    "a template that extends itself": (
        '\n{% extends "update.html" %}',
        (
            "template-extends-itself",
            2,
            "to change a part of the template that this one hides, extend 'parent:…'",
        ),
    ),
    "a filter that is not there": (
        override("\n\n{{ page.card.date|whem }}"),
        ("template-fault", 3, "did you mean 'when'?"),
    ),
    "an attribute of the page": (
        override("{{ page.titel }}"),
        ("template-fault", 1, "did you mean 'title'?"),
    ),
    "an attribute of the site": (
        override("{{ site.setings('mission') }}"),
        ("template-fault", 1, "did you mean 'setting'?"),
    ),
    "a field of the document": (
        override("{{ page.card.fields.sumary }}"),
        ("template-fault", 1, "did you mean 'summary'?"),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_was_meant_and_goes_away(
    mistake: str, site: Site, tmp_path: Path
) -> None:
    text, told_as = MISTAKES[mistake]
    site.remove("content/updates/mail.md")
    site.build()
    site.write("theme/templates/update.html", text)
    (problem,) = site.build().problems
    hint = problem.hint.removesuffix(" (found while rendering content/updates/vpn.md)")
    assert (problem.code, problem.at.line, hint) == told_as
    assert str(problem.at.path) == "theme/templates/update.html"
    assert told(site.clean(tmp_path / "clean")) == told(site.build())
    site.remove("theme/templates/update.html")
    assert remade(site, tmp_path / "clean") <= {"content/updates/vpn.md"}


def test_an_attribute_is_told_by_what_the_documentation_calls_it(site: Site) -> None:
    site.write("theme/templates/update.html", override("{{ site.setings('mission') }}"))
    assert {problem.message for problem in site.build().problems} == {
        "There is no 'setings' in this Reader."
    }


def test_a_missing_asset_is_told_with_the_nearest_one(site: Site) -> None:
    site.write("theme/templates/update.html", override('{{ site.asset("harbor.css") }}'))
    assert {problem.message for problem in site.build().problems} == {
        "The theme has no asset 'harbor.css', but there is 'harbour.css'."
    }


def test_a_block_that_is_not_printed_is_only_a_warning(site: Site) -> None:
    site.write("theme/templates/update.html", override("Text", block="nowhere"))
    report = site.build()
    assert (report.exit_code, report.published) == (0, True)
    site.strict = True
    assert site.build().exit_code == 1


def test_the_demonstration_wears_harbour_without_a_complaint(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, site / name)
    settings = (ROOT / "itnews.yaml").read_text(encoding="utf-8")
    (site / "itnews.yaml").write_text(
        settings.replace("  name: newsroom\n", "  name: harbour\n"), encoding="utf-8"
    )
    report = build(Options(site, NOW, strict=True))
    assert told(report) == (0, ())
    page = (site / "output/projects/crew-rosters/index.html").read_text(encoding="utf-8")
    assert "/assets/harbour." in page
    assert "/assets/flags." in page
