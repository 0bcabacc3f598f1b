"""Hostile documents: what an author can write, paste or save by mistake or on purpose, three hundred ways.

What is covered where, beside what lies here:

| what | tables and tests | and |
|---|---|---|
| YAML: bombs, depth, numbers, tags, keys, escapes | `content.YAML` | test_yaml |
| dates at the ends of the calendar | `content.DATES` | test_moment |
| traversal in every field that is an address, a name or an id | `content.ADDRESSES` | test_card |
| floods, nesting, raw HTML, schemes, control characters | `content.BODIES` | markup/test_limits, test_sanitise |
| encodings, empty and great files, names of files | `content.FILES` | test_frontmatter, files/test_scan |
| all fields of all kinds with what does not belong there | test_kinds_hostile | test_kinds |
| links, pipes, sockets, rings; changes during a build | test_disk | files/test_scan, test_sources |
| images that are none | test_images | emit/test_picture |
| settings | test_settings_hostile | test_config |
| templates and themes | test_themes | theme/test_allowance, test_closure |
| output, state and store; two builds; kills; full disks | test_disk | files/test_tree, laws/test_killed |
| anything else | test_fuzz | |
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.hostile import content
from tests.hostile.law import SECRET, Case, in_time, leaks, neighbours, without_help
from tests.sites import Site, contents

GROUPS = {
    "yaml": content.YAML_CASES,
    "dates": content.DATE_CASES,
    "addresses": content.ADDRESS_CASES,
    "bodies": content.BODY_CASES,
    "files": content.FILE_CASES,
}

ACTIVE = re.compile(
    rb"""<script>|<iframe|<object|<embed|<base|http-equiv[^>]*evil|<form| on[a-z]+=| style=|root:x:"""
    rb"""|(?:href|src|action)=["']?\s*(?:javascript|vbscript|data|file):|src=["']?(?:https?:)?//"""
)


def test_there_are_enough_of_them_and_each_is_one_file() -> None:
    cases = [one for group in GROUPS.values() for one in group]
    assert len(cases) >= 300
    assert len({one.path for one in cases}) == len(cases)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_hostile_documents_break_nothing_and_each_is_told_of(
    group: Sequence[Case], tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    site = Site(tmp_path / "site")
    site.document("pages/innocent", "Nobody touches this.")
    site.build()
    before, beside = contents(site.output), neighbours(site)
    for one in group:
        one.put(site.folder)
    with in_time():
        report = site.build()
    assert report.exit_code == 1
    assert contents(site.output) == before
    found: dict[str, set[str]] = {}
    for problem in report.problems:
        found.setdefault(str(problem.at.path), set()).add(problem.code)
    assert {one.name: found.get(one.shown, set()) for one in group} == {
        one.name: one.codes for one in group
    }
    assert without_help(report) == []
    site.keep_going = True
    with in_time():
        assert site.build().exit_code == 1
    after = contents(site.output)
    assert after["innocent/index.html"] == before["innocent/index.html"]
    assert leaks(site) == []
    fresh = {name: page for name, page in after.items() if page != before.get(name)}
    assert [name for name, page in fresh.items() if ACTIVE.search(page)] == []
    assert neighbours(site) == beside
