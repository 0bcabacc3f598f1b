"""`itnews schema`: prints what an editor checks by."""

import json
from pathlib import Path

import pytest

from itnews.model.kinds import KINDS
from itnews.model.schema import kind_schema
from tests.cli.running import edit, itnews, new_site


def test_without_a_kind_it_is_that_of_the_settings(tmp_path: Path) -> None:
    ran = itnews("schema", "--site", tmp_path)
    assert ran.code == 0
    schema = json.loads(ran.out)
    assert schema["title"] == "itnews.yaml"
    assert "base_url" in schema["$defs"]["Site"]["properties"]


@pytest.mark.parametrize("word", ["person", "people", "People", "PERSON"])
def test_kind_may_be_named_as_people_name_it(tmp_path: Path, word: str) -> None:
    ran = itnews("schema", word, "--site", tmp_path)
    assert json.loads(ran.out) == json.loads(json.dumps(kind_schema(KINDS["person"])))


def test_unknown_kind_is_told_its_nearest_and_the_list() -> None:
    ran = itnews("schema", "porject")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no kind 'porject': did you mean 'project'?" in ran.err
    assert "update, project" in ran.err


def test_names_of_another_system_are_those_of_the_site(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    edit(site / "itnews.yaml", "theme:", "field_names: {excerpt: summary}\ntheme:")
    fields = json.loads(itnews("schema", "update", "--site", site).out)["properties"]
    assert fields["excerpt"]["title"] == "Summary"


def test_broken_settings_do_not_keep_the_editor_from_its_schema(tmp_path: Path) -> None:
    (tmp_path / "itnews.yaml").write_text("site: [", encoding="utf-8")
    assert itnews("schema", "--site", tmp_path).code == 0
    assert itnews("schema", "update", "--site", tmp_path).code == 0


def test_kind_of_the_site_has_a_schema_as_well(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    own = "kinds: {decision: {folder: decisions, fields: {state: {type: choice, words: [open]}}}}"
    edit(site / "itnews.yaml", "theme:", f"{own}\ntheme:")
    schema = json.loads(itnews("schema", "decisions", "--site", site).out)
    assert schema["$id"] == "urn:itnews:kind:decision"
    assert schema["properties"]["state"]["title"] == "State"
