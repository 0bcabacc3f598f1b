"""Fuzzing: whatever comes in is taken or told of. The same examples in each run; many more, and others, on demand:

ITNEWS_FUZZ=5000 python -m pytest tests/hostile/test_fuzz.py
"""

import os
import re
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itnews.content.card import parse_card
from itnews.content.frontmatter import decode
from itnews.content.rules import CardRules
from itnews.files.scan import scan
from itnews.markup.limits import is_suspicious
from itnews.markup.parser import MarkupRules, parse_document
from itnews.model.config import SettingsModel, parse_settings
from itnews.model.kinds import KINDS
from itnews.paths import source_path
from tests.hostile.law import helps, in_time, without_help
from tests.sites import SETTINGS, Site, contents

EXAMPLES = int(os.environ.get("ITNEWS_FUZZ", "0"))
_CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def bounded(few: int) -> settings:
    """So many examples, always the same ones; as many as are asked for, and new ones, where somebody asks."""
    return settings(
        max_examples=EXAMPLES or few,
        derandomize=not EXAMPLES,
        deadline=None,
        suppress_health_check=_CHECKS,
    )


PATH = source_path("content/updates/a.md")
SIGNS = "'\"[]{}:,-?&*!|>%@`#~.<>/\\ \n\t0123456789"
WORDS = st.text(
    st.sampled_from(SIGNS + string.ascii_letters + "äß€\u202e\u200b\U0001f600"), max_size=30
)
SCALARS = st.one_of(
    WORDS,
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.sampled_from(
        ["~", "true", "no", "2026-03-02", "FY27-Q1", "../..", "javascript:x", "''", "[]", "{}"]
    ),
)


def flow(value: object) -> str:
    """*value* as YAML in one line: a list, a map, or a text as it is, which need be no YAML."""
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(name)}: {flow(one)}" for name, one in value.items()) + "}"
    return str(value)


NESTED = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    sorted({name for kind in KINDS.values() for name in kind.model.model_fields})
)
FRONTS = st.dictionaries(NAMES | WORDS, NESTED, max_size=6)


def front(fields: dict[str, object]) -> str:
    return "---\n" + "".join(f"{name}: {flow(one)}\n" for name, one in fields.items()) + "---\n"


@given(st.sampled_from(sorted(KINDS)), FRONTS)
@bounded(80)
def test_any_front_matter_of_any_kind_is_a_card_or_problems(
    kind: str, fields: dict[str, object]
) -> None:
    text = front({"title": "T", "kind": kind, "date": "2026-03-02", **fields})
    card, problems = parse_card(PATH, text, CardRules())
    assert card is not None or problems
    assert [lack for problem in problems if (lack := helps(problem))] == []
    lines = text.count("\n")
    assert all(1 <= problem.at.line <= lines + 1 for problem in problems)


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"---\n", b"\xef\xbb\xbf---\ntitle: x\n---\n"])
)
@bounded(100)
def test_any_bytes_are_a_text_or_problems(noise: bytes, head: bytes) -> None:
    text, problems = decode(head + noise, PATH)
    assert text is not None or problems
    if text is not None:
        problems += parse_card(PATH, text, CardRules())[1]
    assert [lack for problem in problems if (lack := helps(problem))] == []


SETTING = st.sampled_from(sorted(SettingsModel.model_fields))


@given(st.dictionaries(SETTING | WORDS, NESTED, max_size=4))
@bounded(60)
def test_any_settings_are_settings_or_problems(fields: dict[str, object]) -> None:
    text = "".join(f"{name}: {flow(one)}\n" for name, one in fields.items())
    path = source_path("itnews.yaml")
    for written in (text, SETTINGS + text):
        found, problems = parse_settings(written, path)
        assert found is not None or problems
        assert [lack for problem in problems if (lack := helps(problem))] == []


PIECES = st.sampled_from(
    ["*", "**", "_", "`", "```\n", "~~~\n", "[", "](", ")", "![", "<a ", "</a>", "<!--", "-->", "> ", "- ",
     "1. ", "    ", "\n", "\n\n", "# ", "===\n", "---\n", "|", "|-|\n", "[^1]", "[^1]: x\n", "{: .a }",
     "!!! note\n", "??? x\n", "=== 'x'\n", "/// caption\n", "$", "\\", "&amp;", "&#0;", "<script>", "<p>",
     "<?", "<![CDATA[", "[x]: /y\n", "*[x]: y\n", "[[x]]", "https://a.example", "javascript:x", "project:x",
     ":smile:", "==", "~~", "^^", "{{", "%}", "word", "\u202e", "\t"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
@bounded(150)
def test_any_markdown_is_a_document_and_nothing_in_it_runs(text: str) -> None:
    if is_suspicious(
        text
    ):  # goes to a process, which takes a second; its limits are tested elsewhere
        return
    with in_time(20):
        document, problems = parse_document(PATH, text, MarkupRules())
    assert [lack for problem in problems if (lack := helps(problem))] == []
    assert "<script" not in document.html
    assert 'href="javascript' not in document.html


FILE_NAMES = st.binary(min_size=1, max_size=40).filter(
    lambda name: not {*name} & {*b"/\0"} and name not in {b".", b".."}
)


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
@given(names=st.lists(FILE_NAMES, max_size=6, unique=True))
@bounded(40)
def test_any_names_of_files_are_found_or_refused(names: list[bytes], tmp_path: Path) -> None:
    home = tmp_path / str(len(os.listdir(tmp_path))) / "content/updates"
    home.mkdir(parents=True)
    for name in names:
        with open(os.path.join(os.fsencode(home), name + b".md"), "wb"):
            pass
    found = scan(home.parents[1], {})
    kept = [
        name for name in names if not name.startswith(b".") and not (name + b".md").endswith(b"~")
    ]
    assert len(found.files) + len(found.refused) == len(kept)
    assert not re.search(r"[\x00-\x1f\x7f]", "".join(str(one.path) for one in found.refused))
    for path in found.files:
        assert source_path(path).parts[:2] == ("content", "updates")


@given(
    documents=st.lists(
        st.tuples(FRONTS, st.lists(PIECES, max_size=20).map("".join)), min_size=1, max_size=12
    )
)
@bounded(4)
def test_any_site_is_built_or_told_of(
    documents: list[tuple[dict[str, object], str]], tmp_path: Path
) -> None:
    site = Site(tmp_path / str(len(os.listdir(tmp_path))) / "site", keep_going=True)
    site.document("pages/innocent", "Nobody touches this.")
    for number, (fields, body) in enumerate(documents):
        kind = sorted(KINDS)[number % len(KINDS)]
        text = front({"title": "T", "date": "2026-03-02", **fields}) + body
        site.write(f"content/{KINDS[kind].folder}/d{number}.md", text)
    with in_time():
        report = site.build()
    assert report.exit_code in {0, 1}
    assert without_help(report) == []
    assert "innocent/index.html" in contents(site.output)
