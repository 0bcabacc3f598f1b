"""Which folder of a theme answers a name."""

import pytest

from itnews.paths import source_path
from itnews.theme.chain import Chain, resolve_chain

SHIPPED = {"@newsroom/theme.yaml": b"title: Newsroom\n"}
HARBOUR = {"themes/harbour/theme.yaml": b"title: Harbour\nparent: newsroom\n"}


def test_a_sites_overrides_come_first_and_the_built_in_theme_last() -> None:
    chain, problems = resolve_chain("harbour", {**SHIPPED, **HARBOUR}.get)
    assert chain.roots == ("theme", "themes/harbour", "@newsroom")
    assert problems == ()


def test_without_a_setting_the_built_in_theme_is_taken() -> None:
    assert resolve_chain("", SHIPPED.get)[0].roots == ("theme", "@newsroom")


def test_a_theme_without_a_parent_still_falls_back_to_the_built_in_one() -> None:
    chain, problems = resolve_chain("quay", {**SHIPPED, "themes/quay/theme.yaml": b""}.get)
    assert chain.roots == ("theme", "themes/quay", "@newsroom")
    assert problems == ()


def test_a_sites_theme_may_be_called_newsroom_and_name_the_built_in_one_as_its_parent() -> None:
    own = {"themes/newsroom/theme.yaml": b"parent: newsroom\n"}
    chain, problems = resolve_chain("newsroom", {**SHIPPED, **own}.get)
    assert chain.roots == ("theme", "themes/newsroom", "@newsroom")
    assert problems == ()


def test_an_unknown_theme_is_reported_at_the_settings_with_the_nearest_name() -> None:
    chain, (problem,) = resolve_chain("harbor", SHIPPED.get, known=["harbour", "newsroom"])
    assert chain.roots == ("theme", "@newsroom")
    assert (problem.code, str(problem.at.path)) == ("theme-unknown", "itnews.yaml")
    assert problem.hint == "did you mean 'harbour'?"


def test_an_unknown_parent_is_reported_where_it_is_written() -> None:
    themes = {**SHIPPED, "themes/quay/theme.yaml": b"title: Quay\nparent: nowhere\n"}
    _, (problem,) = resolve_chain("quay", themes.get)
    assert (problem.code, problem.at.line, problem.at.column) == ("theme-unknown", 2, 9)


def test_an_unknown_parent_is_told_with_the_nearest_theme() -> None:
    themes = {**SHIPPED, "themes/quay/theme.yaml": b"parent: newsrom\n"}
    chain, (problem,) = resolve_chain("quay", themes.get, known=["newsroom", "quay"])
    assert problem.hint == "did you mean 'newsroom'?"
    assert chain.roots == ("theme", "themes/quay", "@newsroom")


def test_a_folder_without_a_theme_yaml_is_told_what_it_lacks() -> None:
    _, (problem,) = resolve_chain("quay", SHIPPED.get, known=["newsroom", "quay"])
    assert problem.code == "theme-unknown"
    assert problem.hint == "put a theme.yaml into themes/quay/; it may be empty"


def test_a_theme_that_is_its_own_parent_falls_back_to_the_built_in_one_with_a_problem() -> None:
    chain, (problem,) = resolve_chain(
        "quay", {**SHIPPED, "themes/quay/theme.yaml": b"parent: quay\n"}.get
    )
    assert chain.roots == ("theme", "themes/quay", "@newsroom")
    assert (problem.code, problem.at.line, problem.at.column) == ("theme-cycle", 1, 9)


def test_a_grandparent_stands_behind_the_parent() -> None:
    themes = {
        **SHIPPED,
        **HARBOUR,
        "themes/pier/theme.yaml": b"parent: quay",
        "themes/quay/theme.yaml": b"parent: harbour",
    }
    chain, problems = resolve_chain("pier", themes.get)
    assert chain.roots == ("theme", "themes/pier", "themes/quay", "themes/harbour", "@newsroom")
    assert problems == ()


def test_themes_that_are_each_others_parents_end_in_a_problem_not_in_a_loop() -> None:
    themes = {**SHIPPED, "themes/a/theme.yaml": b"parent: b", "themes/b/theme.yaml": b"parent: a"}
    chain, (problem,) = resolve_chain("a", themes.get)
    assert chain.roots == ("theme", "themes/a", "themes/b", "@newsroom")
    assert (problem.code, str(problem.at.path)) == ("theme-cycle", "themes/b/theme.yaml")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (b"title: Quay\nparrent: newsroom\n", "theme-key-unknown", 2, 1),
        (b"title: Quay\nparent: [newsroom]\n", "theme-invalid", 2, 9),
        (b"title: Quay\ntitle: Pier\n", "yaml-duplicate", 2, 1),
        (b"- newsroom\n", "theme-invalid", 1, 1),
        (b"title: \xff\n", "theme-invalid", 0, 0),
    ],
)
def test_a_wrong_theme_yaml_is_a_problem_at_its_place_and_the_chain_goes_on(
    text: bytes, code: str, line: int, column: int
) -> None:
    chain, (problem,) = resolve_chain("quay", {**SHIPPED, "themes/quay/theme.yaml": text}.get)
    assert chain.roots == ("theme", "themes/quay", "@newsroom")
    assert (problem.code, str(problem.at.path)) == (code, "themes/quay/theme.yaml")
    assert (problem.at.line, problem.at.column) == (line, column)


def test_a_theme_yaml_that_is_no_yaml_is_the_loaders_problem() -> None:
    _, (problem,) = resolve_chain("quay", {**SHIPPED, "themes/quay/theme.yaml": b"a: [\n"}.get)
    assert str(problem.at.path) == "themes/quay/theme.yaml"


def test_a_parent_never_leaves_the_folder_of_themes_either() -> None:
    themes = {**SHIPPED, "themes/quay/theme.yaml": b"title: Quay\nparent: ../../secret\n"}
    chain, (problem,) = resolve_chain("quay", themes.get)
    assert chain.roots == ("theme", "themes/quay", "@newsroom")
    assert (problem.code, problem.at.line, problem.at.column) == ("theme-unknown", 2, 9)


@pytest.mark.parametrize("name", ["../secret", "a/b", ".git", "a\\b", "a\0b"])
def test_a_theme_name_never_leaves_the_folder_of_themes(name: str) -> None:
    asked: list[str] = []

    def read(path: str) -> bytes | None:
        asked.append(path)
        return SHIPPED.get(path)

    _, (problem,) = resolve_chain(name, read)
    assert problem.code == "theme-unknown"
    assert not any(name in path for path in asked)


def test_each_asset_comes_from_the_first_folder_that_has_it() -> None:
    chain = Chain(("theme", "themes/harbour", "@newsroom"))
    names = [
        "@newsroom/assets/newsroom.css",
        "@newsroom/assets/fonts/a.txt",
        "themes/harbour/assets/newsroom.css",
        "theme/templates/base.html",
        "content/assets/x.css",
    ]
    layered = chain.layered([source_path(name) for name in names], "assets")
    assert {name: str(path) for name, path in layered.items()} == {
        "fonts/a.txt": "@newsroom/assets/fonts/a.txt",
        "newsroom.css": "themes/harbour/assets/newsroom.css",
    }


def test_candidates_behind_a_file_are_those_of_the_folders_after_its_own() -> None:
    chain = Chain(("theme", "themes/harbour", "@newsroom"))
    behind = chain.candidates("templates/base.html", after="themes/harbour/templates/base.html")
    assert behind == ("@newsroom/templates/base.html",)
    with pytest.raises(ValueError, match="no theme"):
        chain.position("content/base.html")


def test_a_folder_without_a_theme_yaml_is_no_theme_and_is_not_suggested_for_itself() -> None:
    _, (problem,) = resolve_chain("own", SHIPPED.get, known=["newsroom", "own"])
    assert problem.hint == "put a theme.yaml into themes/own/; it may be empty"


@pytest.mark.parametrize(
    ("text", "code", "column", "hint"),
    [
        (b"titel: X\n", "theme-key-unknown", 1, "did you mean 'title'?"),
        (b"title: [a]\n", "theme-invalid", 8, "write one text"),
        (b"- a\n", "theme-invalid", 1, "title: My theme"),
    ],
)
def test_what_is_wrong_in_a_theme_yaml_is_found_at_its_place(
    text: bytes, code: str, column: int, hint: str
) -> None:
    sources = {**SHIPPED, "themes/quay/theme.yaml": text}
    _, (problem,) = resolve_chain("quay", sources.get)
    assert (problem.code, problem.at.line, problem.at.column) == (code, 1, column)
    assert hint in problem.hint
