"""What the README says is so: its example, its options, its settings, its commands."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from itnews.cli.main import COMMANDS
from itnews.content.card import parse_card
from itnews.content.rules import CardRules
from itnews.model.config import SettingsModel
from itnews.paths import source_path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_example_of_an_update_is_valid() -> None:
    (example,) = re.findall(r"```markdown\n(.*?)```", README, flags=re.DOTALL)
    path = source_path("content/updates/vpn-in-december.md")
    card, problems = parse_card(path, example, CardRules())
    assert problems == ()
    assert card is not None
    assert card.fields.action is not None


def known_options() -> set[str]:
    commands = [import_module(f"itnews.cli.{name}").command for name in COMMANDS]
    options = {option for one in commands for parameter in one.params for option in parameter.opts}
    return {*options, "--help", "--version"}


# Of other programs: python -m http.server, rsync.
FOREIGN = {"--bind", "--directory", "--archive", "--delete-after"}


@pytest.mark.parametrize("option", sorted(set(re.findall(r"--[a-z][a-z-]+", README)) - FOREIGN))
def test_option_is_there(option: str) -> None:
    assert option in known_options()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told_of(name: str) -> None:
    assert f"| `itnews {name}" in README


def test_every_setting_is_there() -> None:
    section = README.partition("## Settings")[2]
    rows = re.findall(r"^\| (`.*?) \|", section, flags=re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`([a-z_.]+)`", row)]
    assert "site.id" in keys
    for key in keys:
        group = SettingsModel.model_fields[key.partition(".")[0]]
        inner = key.partition(".")[2]
        assert not inner or inner in getattr(group.annotation, "model_fields", {}), key


@pytest.mark.parametrize("target", re.findall(r"\]\(((?!http|\.\./|person:|vpn)[^)#]+)\)", README))
def test_link_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()
