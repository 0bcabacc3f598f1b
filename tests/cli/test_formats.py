"""Problems for other programs, read back as these programs read them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from itnews.cli.formats import github, gitlab
from itnews.paths import SourcePath, source_path
from itnews.problems import Problem, Span, error, warning

VPN = source_path("content/updates/vpn.md")


def at(line: int = 4, column: int = 22, length: int = 7, path: SourcePath = VPN) -> Span:
    return Span(path, line, column, length)


@dataclass(frozen=True)
class Command:
    """A workflow command as the runner of GitHub Actions understands it."""

    name: str
    properties: dict[str, str]
    message: str


def parsed(line: str) -> Command:
    """As actions/runner reads a line (`ActionCommand.TryParseV2`): split first, unescaped then."""
    begin, _, rest = line.removeprefix("::").partition("::")
    assert line.startswith("::")
    name, _, text = begin.partition(" ")
    pairs = [part.split("=", 1) for part in text.split(",") if part]
    return Command(
        name, {key: unescaped(value, "\r\n:,%") for key, value in pairs}, unescaped(rest, "\r\n%")
    )


def unescaped(text: str, characters: str) -> str:
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def annotation(problem: Problem, prefix: str = "") -> Command:
    (line,) = github([problem], prefix)
    assert "\n" not in line
    return parsed(line)


def test_annotation_stands_at_the_word_that_is_wrong() -> None:
    wrong = error("audience-unknown", at(), "Unknown audience 'finanse'.", hint="did you mean it?")
    assert annotation(wrong) == Command(
        "error",
        {
            "file": "content/updates/vpn.md",
            "line": "4",
            "col": "22",
            "endColumn": "29",
            "title": "audience-unknown",
        },
        "Unknown audience 'finanse'.\ndid you mean it?",
    )


def test_warning_is_a_warning() -> None:
    assert annotation(warning("title-long", at(), "This title is long.")).name == "warning"


def test_what_steers_the_runner_is_escaped() -> None:
    path = source_path("content/pages/100%, a:b.md")
    wrong = error("link-broken", at(path=path), "100%: '::error::x,y=%0A' leads nowhere.")
    found = annotation(wrong)
    assert found.properties["file"] == str(path)
    assert found.message == "100%: '::error::x,y=%0A' leads nowhere."


def test_file_as_a_whole_has_no_line() -> None:
    whole = Span(VPN)
    assert set(annotation(error("file-name", whole, "No.")).properties) == {"file", "title"}


def test_line_without_a_column_is_no_range() -> None:
    found = annotation(error("template-syntax", Span(VPN, 3), "No."))
    assert found.properties == {"file": str(VPN), "line": "3", "title": "template-syntax"}


def test_site_in_a_folder_of_the_repository() -> None:
    wrong = error("link-broken", at(), "No.")
    assert annotation(wrong, "docs/it/").properties["file"] == "docs/it/content/updates/vpn.md"
    (entry,) = gitlab([wrong], "docs/it/")
    assert entry["location"]["path"] == "docs/it/content/updates/vpn.md"


def test_what_is_in_no_file_is_said_of_the_settings() -> None:
    nowhere = error("setting-missing", Span(source_path("")), "No.")
    assert annotation(nowhere).properties["file"] == "itnews.yaml"


def test_code_quality_report_has_what_gitlab_requires() -> None:
    problems = [
        error("audience-unknown", at(), "Unknown audience 'finanse'.", hint="did you mean it?"),
        warning("summary-missing", Span(VPN), "There is no summary."),
    ]
    report = json.loads(json.dumps(gitlab(problems, "")))
    for entry in report:
        assert isinstance(entry["description"], str)
        assert isinstance(entry["check_name"], str)
        assert re.fullmatch(r"[0-9a-f]{64}", entry["fingerprint"])
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not entry["location"]["path"].startswith(("/", "./"))
        assert entry["location"]["lines"]["begin"] >= 1
    assert [entry["severity"] for entry in report] == ["major", "minor"]
    assert report[0]["description"] == "Unknown audience 'finanse'. Did you mean it?"


def test_fingerprint_outlives_a_line_above_and_tells_twins_apart() -> None:
    def fingerprints(*lines: int) -> list[str]:
        problems = [error("link-broken", at(line), "The link 'a' leads nowhere.") for line in lines]
        return [entry["fingerprint"] for entry in gitlab(problems, "")]

    assert fingerprints(4, 9) == fingerprints(5, 10)
    assert len(set(fingerprints(4, 9))) == 2


def test_fingerprint_tells_files_apart() -> None:
    other = source_path(str(Path("content/updates/mail.md").as_posix()))
    problems = [error("link-broken", at(path=path), "No.") for path in (VPN, other)]
    first, second = gitlab(problems, "")
    assert first["fingerprint"] != second["fingerprint"]
