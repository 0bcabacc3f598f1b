"""From a document to its card: kind, id, date, audience, and every problem at its place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.content.card import field_place, parse_card
from itnews.content.rules import CardRules
from itnews.content.scan import documents
from itnews.model.article import Card
from itnews.model.kinds import INTRODUCTION
from itnews.paths import source_path
from itnews.problems import Problem

REALCONTENT = Path(__file__).resolve().parents[2] / "shared" / "realcontent"
RULES = CardRules(groups=frozenset({"board"}))


def parse(path: str, front: str, rules: CardRules = RULES) -> tuple[Card | None, list[Problem]]:
    text = f"---\n{front}\n---\nBody\n"
    card, problems = parse_card(source_path(f"content/{path}"), text, rules)
    return card, list(problems)


def card(path: str, front: str, rules: CardRules = RULES) -> Card:
    found, problems = parse(path, front, rules)
    assert problems == []
    assert found is not None
    return found


def wrong(path: str, front: str, rules: CardRules = RULES) -> list[tuple[str, int, int]]:
    found, problems = parse(path, front, rules)
    assert found is None
    return [(problem.code, problem.at.line, problem.at.column) for problem in problems]


def test_a_title_and_a_dated_name_are_enough() -> None:
    found = card("updates/2026-03-02-vpn.md", "title: VPN")
    assert (found.kind, found.id, found.slug) == ("update", "2026-03-02-vpn", "2026-03-02-vpn")
    assert str(found.date) == "2026-03-02"
    assert (found.audience, found.visibility) == (("everyone",), ("everyone",))


def test_a_folder_with_an_index_is_one_document_named_by_the_folder() -> None:
    found = card("updates/2026/2026-03-02-vpn/index.md", "title: VPN")
    assert (found.kind, found.id, str(found.date)) == ("update", "2026-03-02-vpn", "2026-03-02")


def test_the_index_of_a_kinds_folder_introduces_its_list() -> None:
    found = card("updates/index.md", "title: All news")
    assert (found.kind, found.id, found.slug) == ("introduction", "updates/index", "")
    assert found.definition is INTRODUCTION


def test_an_index_without_a_list_is_told() -> None:
    assert wrong("pages/index.md", "title: x") == [("introduction-unused", 1, 1)]


def test_the_field_kind_overrides_the_folder() -> None:
    assert card("updates/about.md", "title: About\nkind: page").kind == "page"
    assert card("about.md", "title: About\nkind: page").id == "about"


@pytest.mark.parametrize(
    ("path", "front", "found", "hint"),
    [
        ("about.md", "title: x", ("kind-missing", 1, 1), "kind: page"),
        ("index.md", "title: x", ("kind-missing", 1, 1), "kind: page"),
        ("update/x.md", "title: x", ("kind-missing", 1, 1), "content/updates/"),
        ("notice/x.md", "title: x", ("kind-missing", 1, 1), "content/notices/"),
        ("x.md", "title: x\nkind: projekt", ("kind-unknown", 3, 7), "did you mean 'project'?"),
        ("x.md", "title: x\nkind: introduction", ("kind-unknown", 3, 7), "write one of"),
        ("x.md", "title: x\nkind: [page]", ("kind-unknown", 3, 7), "write one of"),
    ],
)
def test_a_document_of_no_kind_is_told_where_it_belongs(
    path: str, front: str, found: tuple[str, int, int], hint: str
) -> None:
    assert wrong(path, front) == [found]
    _, (problem,) = parse(path, front)
    assert hint in problem.hint


def test_id_and_slug_may_be_set() -> None:
    found = card("projects/x.md", "title: x\nid: Expenses\nslug: Expense claims")
    assert (found.id, found.slug) == ("Expenses", "expense-claims")
    assert card("projects/Big Thing.md", "title: x").slug == "big-thing"


def test_a_name_that_makes_no_address_is_an_error() -> None:
    assert wrong("projects/!!!.md", "title: x") == [("id-invalid", 1, 1)]
    assert wrong("projects/a#b.md", "title: x") == [("id-invalid", 1, 1)]
    assert wrong("projects/x.md", f"title: x\nslug: {'x' * 201}") == [("slug-too-long", 3, 7)]
    assert wrong("projects/" + "日" * 84 + ".md", "title: x") == [("slug-too-long", 1, 1)]


def test_the_date_field_wins_over_the_name_and_the_difference_is_a_warning() -> None:
    found, (problem,) = parse("updates/2026-03-02-vpn.md", "title: x\ndate: 2026-04-02")
    assert found is not None
    assert str(found.date) == "2026-04-02"
    assert (problem.code, problem.level, problem.at.line) == ("date-differs", "warning", 3)


def test_a_time_zone_away_is_no_difference() -> None:
    card("updates/2026-03-02-vpn.md", "title: x\ndate: 2026-03-01T23:00:00-05:00")


def test_a_dated_kind_needs_a_date() -> None:
    assert wrong("updates/vpn.md", "title: x") == [("date-missing", 1, 1)]
    _, (problem,) = parse("updates/2026-02-30-vpn.md", "title: x")
    assert "2026-02-30" in problem.message
    assert card("projects/vpn.md", "title: x").date is None


@pytest.mark.parametrize(
    ("front", "audience"),
    [
        ("departments: finance", ("finance",)),
        ("departments: [hr]\nimpact: {finance: Faster.}", ("hr", "finance")),
        ("audience: [finance, Everyone]\ndepartments: hr", ("finance", "everyone")),
        ("departments: []", ("everyone",)),
    ],
)
def test_whom_it_concerns_without_an_audience(front: str, audience: tuple[str, ...]) -> None:
    assert card("projects/x.md", f"title: x\n{front}").audience == audience


def test_all_that_is_wrong_is_found_at_once_at_its_place() -> None:
    front = "title: [a]\ndate: soon\nmilestones:\n  - due: 2026-99\nstatus: grean\nlayot: x"
    assert wrong("projects/x.md", front) == [
        ("text-expected", 2, 8),
        ("date-invalid", 3, 7),
        ("choice-unknown", 6, 9),
        ("field-missing", 5, 5),
        ("period-invalid", 5, 10),
    ]


def test_a_missing_title_is_told_at_the_fence() -> None:
    assert wrong("projects/x.md", "summary: x") == [("field-missing", 1, 1)]
    assert wrong("projects/x.md", "title:") == [("field-missing", 2, 1)]


def test_an_unknown_field_is_kept_with_a_warning_and_a_suggestion() -> None:
    found, problems = parse("projects/x.md", "title: x\nsumary: y\nlayout: post\ncost: {sum: 3}")
    assert found is not None
    assert found.fields.extra == {"sumary": "y", "layout": "post"}
    assert [
        (p.code, p.level, p.subject, p.at.line, p.at.column, p.at.length) for p in problems
    ] == [
        ("field-unknown", "warning", "sumary", 3, 1, 6),
        ("field-unknown", "warning", "layout", 4, 1, 6),
        ("field-unknown", "warning", "cost.sum", 5, 8, 3),
    ]
    assert problems[0].hint == "did you mean 'summary'?"


def test_ignored_fields_are_no_warning() -> None:
    card("projects/x.md", "title: x\nlayout: post", CardRules(ignored_fields=("layout",)))


FOREIGN = CardRules(field_names={"excerpt": "summary", "description": "summary", "topics": "tags"})


def test_foreign_names_are_taken_and_the_first_that_is_there_wins() -> None:
    found = card("projects/x.md", "title: x\ndescription: long\nexcerpt: short\ntopics: a", FOREIGN)
    assert (found.fields.summary, found.fields.tags) == ("short", ("a",))
    own = card("projects/x.md", "title: x\nsummary: own\nexcerpt: short", FOREIGN)
    assert own.fields.summary == "own"
    assert card("projects/x.md", "title: x\nsummary:\nexcerpt: s", FOREIGN).fields.summary == "s"


def test_a_problem_in_a_foreign_field_is_at_the_foreign_field() -> None:
    assert wrong("projects/x.md", "title: x\ntopics: [a, [b]]", FOREIGN) == [
        ("text-expected", 3, 13)
    ]
    text = "---\ntitle: x\ntopics: [a, b]\n---\n"
    at = field_place(text, source_path("content/projects/x.md"), ("tags", 1), FOREIGN)
    assert (at.line, at.column, at.length) == (3, 13, 1)


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("visibility: bord", ("visibility-unknown", 3, 13)),
        ("visibility: [everyone, staff]", ("visibility-unknown", 3, 24)),
        ("visibility:", ("visibility-empty", 3, 1)),
        ("visibility: []", ("visibility-empty", 3, 13)),
        ("visiblity: board", ("field-misspelt", 3, 1)),
        ("visibility: [null]", ("visibility-empty", 3, 13)),
        ("visibility:\n  -", ("visibility-empty", 4, 3)),
        ("Draft: true", ("field-misspelt", 3, 1)),
        ("publishat: 2030-01-01", ("field-misspelt", 3, 1)),
        ("publishDate: 2030-01-01", ("field-misspelt", 3, 1)),
        ("published: false", ("field-misspelt", 3, 1)),
        ("expire: 2026-01-01", ("field-misspelt", 3, 1)),
        ("remove_if_expired: true", ("field-misspelt", 3, 1)),
    ],
)
def test_a_slip_in_what_guards_a_document_does_not_publish_it(
    front: str, found: tuple[str, int, int]
) -> None:
    assert wrong("projects/x.md", f"title: x\n{front}") == [found]


def test_a_field_of_another_program_that_is_near_a_guard_may_be_ignored() -> None:
    card("projects/x.md", "title: x\npublished: true", CardRules(ignored_fields=("published",)))


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("tags: [vpn, '???']", ("tag-unfit", 3, 13)),
        ("tags: ..", ("tag-unfit", 3, 7)),
        ("tags: [.]", ("tag-unfit", 3, 8)),
        (f"tags: [{'a' * 101}]", ("tag-too-long", 3, 8)),
        (f"tags: [{'a, ' * 101}]", ("tag-too-many", 3, 1)),
        ("topics: [a, '#']", ("tag-unfit", 3, 13)),
    ],
)
def test_a_tag_that_makes_no_address_is_an_error(front: str, found: tuple[str, int, int]) -> None:
    assert wrong("projects/x.md", f"title: x\n{front}", FOREIGN) == [found]


def test_a_tag_needs_one_letter_of_any_script_and_an_empty_one_is_none() -> None:
    found = card("projects/x.md", f"title: x\ntags: [C++, 日本, 7, '', {'a' * 100}]")
    assert found.fields.tags == ("C++", "日本", "7", "a" * 100)


def test_a_group_that_an_edition_shows_is_known() -> None:
    assert card("projects/x.md", "title: x\nvisibility: board").visibility == ("board",)


def test_thousands_of_unknown_fields_take_no_time() -> None:
    _, problems = parse("projects/x.md", "title: x\n" + "\n".join(f"k{n}: v" for n in range(4000)))
    assert len(problems) == 100


def test_documents_are_the_visible_markdown_files_of_the_content() -> None:
    names = ["content/updates/a.md", "content/updates/a/p.png", "content/.git/b.md", "static/c.md"]
    names += ["content/_drafts/d.md", "content/updates/README.md", "content/b.md", "content/c.MD"]
    names += ["content/d.markdown", "content/ReadMe.markdown", "content/e.mdx"]
    found = ["content/b.md", "content/c.MD", "content/d.markdown", "content/updates/a.md"]
    assert [str(path) for path in documents(map(source_path, names))] == found


@pytest.mark.skipif(not REALCONTENT.is_dir(), reason="../shared/realcontent is not here")
def test_real_posts_have_cards_without_being_edited() -> None:
    rules = CardRules(field_names={"excerpt": "summary", "redirect_from": "aliases"})
    posts = sorted(REALCONTENT.glob("*/*.md"))
    for post in posts:
        path = source_path(f"content/updates/{post.parent.name}/{post.name}")
        found, problems = parse_card(path, post.read_text(encoding="utf-8-sig"), rules)
        assert found is not None, problems
        assert {problem.level for problem in problems} <= {"warning"}
        again = type(found.fields).model_validate_json(found.fields.model_dump_json())
        assert again == found.fields
    assert posts


PIECES = ["title: x", "date: 2026-03-02", "tags: [a]", "\n", "\n- ", ": ", "'", '"', "[", "{", "}"]
PIECES += ["visibility: board", "kind: page", "&a ", "*a", "draft: 1", "\r\n", "...", "\u2028", "#"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_front_matter_is_a_card_or_errors(front: str) -> None:
    found, problems = parse("updates/2026-03-02-x.md", front)
    assert (found is None) == any(problem.level == "error" for problem in problems)
    assert all(1 <= problem.at.line <= front.count("\n") + 5 for problem in problems)


@pytest.mark.parametrize(
    ("front", "line", "column", "meant"),
    [
        ("titel: VPN\ndate: 2026-03-02", 2, 1, "title"),
        ("title: VPN\ndate: 2026-03-02\naction: {waht: Do it}", 4, 10, "what"),
    ],
)
def test_a_missing_field_is_looked_for_under_a_misspelt_name(
    front: str, line: int, column: int, meant: str
) -> None:
    _, (problem,) = parse("updates/vpn.md", front)
    assert (problem.code, problem.at.line, problem.at.column) == ("field-missing", line, column)
    assert problem.hint == f"did you mean '{meant}'?"


def test_a_name_in_a_map_is_found_at_the_name() -> None:
    text = "---\ntitle: VPN\nimpact:\n  finanse: You wait.\n---\n"
    path = source_path("content/updates/vpn.md")
    name = field_place(text, path, ("impact", "finanse"), RULES, key=True)
    assert (name.line, name.column, name.length) == (4, 3, 7)
