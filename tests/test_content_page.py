"""What docs/content.md says is so: its tables are the models, and its examples are a site that builds."""

import re
from pathlib import Path

import pytest

from itnews.cli.main import COMMANDS
from itnews.model.config import parse_settings
from itnews.model.embed import VIEWS
from itnews.model.kinds import KINDS
from itnews.paths import source_path
from tests.documented import BLOCK, PAGE, with_tables
from tests.sites import SETTINGS, Site

TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = dict(
    re.findall(r"^`(content/\S+)`\n\n```markdown\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
)


def test_tables_are_those_of_the_models() -> None:
    assert with_tables(TEXT) == TEXT, "run `make docs`, and commit docs/content.md"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_section_with_a_purpose_an_example_and_a_table(kind: str) -> None:
    heading = f"\n## {KINDS[kind].singular}\n\n"
    assert TEXT.count(heading) == 1
    section = TEXT.partition(heading)[2].partition("\n## ")[0]
    assert re.match(r"[A-Z]", section), "what it is for, first"
    assert f"`content/{KINDS[kind].folder}/" in section
    assert f"<!-- fields: {kind} -->\n| field |" in section
    assert f"(#{kind})" in TEXT, "the list at the top leads here"


def test_nothing_is_told_of_that_is_not_there() -> None:
    assert {name for _, name, _ in BLOCK.findall(TEXT)} == {*KINDS, "common", "shared"}


def test_examples_are_a_site_that_builds_without_a_warning(tmp_path: Path) -> None:
    site = Site(tmp_path, strict=True)
    for path, text in EXAMPLES.items():
        site.write(path, text)
    report = site.build()
    assert (report.problems, report.exit_code) == ((), 0)
    assert len(EXAMPLES) == len(KINDS)


def test_every_view_is_listed_with_its_filters_and_an_example_that_builds(tmp_path: Path) -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| [^|]+ \| ([^|]+) \| `(\1:[^|]*)` \|$", TEXT, re.MULTILINE)
    listed = {view: tuple(re.findall(r"`([a-z]+)`", filters)) for view, filters, _ in rows}
    listed["projects"] = listed["roadmap"]  # "as `roadmap`"
    assert listed == VIEWS
    site = Site(tmp_path, strict=True)
    for path, text in EXAMPLES.items():
        site.write(path, text)
    site.document("pages/views", "\n\n".join(f"```itnews\n{shown}\n```" for _, _, shown in rows))
    assert site.build().problems == ()
    assert site.page("/views/").count('<div class="embed">') == len(VIEWS)


def test_fields_by_themselves_are_valid_too(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(audience.*?)```", TEXT, re.DOTALL)
    site = Site(tmp_path, strict=True)
    site.document("departments/finance")
    site.document("departments/sales")
    site.write("content/pages/new.md", f"---\ntitle: New\n{shown}---\n")
    assert site.build().problems == ()


def test_kind_of_a_site_is_valid() -> None:
    (shown,) = re.findall(r"```yaml\n(kinds.*?)```", TEXT, re.DOTALL)
    settings, problems = parse_settings(f"{SETTINGS}{shown}", source_path("itnews.yaml"))
    assert problems == ()
    assert settings is not None
    assert settings.kinds["decision"].model.model_fields["state"].title == "State"


@pytest.mark.parametrize("command", sorted(set(re.findall(r"itnews ([a-z]+)", TEXT))))
def test_command_is_there(command: str) -> None:
    assert command in COMMANDS


@pytest.mark.parametrize("anchor", sorted(set(re.findall(r"\(#([a-z-]+)\)", TEXT))))
def test_link_leads_to_a_heading(anchor: str) -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert anchor in {heading.lower().replace(" ", "-") for heading in headings}
