"""From a kind, a title and what was given to a file that a build takes without an error."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from itnews.app.project import Project
from itnews.cli.asking import ask, missing, refuse_missing
from itnews.cli.console import Console
from itnews.cli.drafting import Wanted, draft
from itnews.cli.given import Values, values_of
from itnews.cli.inventory import clock_of, items_of, rules_of
from itnews.cli.judging import Knows, Wrong, wrong_text, wrong_values
from itnews.cli.naming import path_for
from itnews.cli.site import shown
from itnews.content.scan import CONTENT, INDEX, documents
from itnews.errors import UsageFault
from itnews.model.common import Named
from itnews.model.examples import Setting
from itnews.model.kinds import Kind, Kinds
from itnews.model.moment import Moment
from itnews.paths import SourcePath
from itnews.words import fold


def begin(
    console: Console, project: Project, kind: Kind, title: str, given: tuple[str, ...]
) -> int:
    """The exit code of `itnews new`: 2, with what is wrong said and nothing written, or 0.

    Raises UsageFault as well for what is wrong with the command line as a whole.
    """
    rules, today = rules_of(project), clock_of(project).today()
    values = _values(title, values_of(given, rules.field_names))
    if console.can_ask:
        ask(console, kind, values, today)
    refuse_missing(kind, missing(kind, values))
    if kind.dated:
        values.setdefault("date", today.isoformat())
    if _said(console, wrong_values(kind, values, rules, _ids(project))):
        return 2
    if "id" in values:
        _refuse_id(project, kind, str(values["id"]))
    path, text = _document(project, kind, values, today)
    if _said(console, wrong_text(path, text, rules)):
        return 2
    _write(project.site / path, text)
    _tell(console, project.site / path, values, today)
    return 0


def _values(title: str, given: Values) -> Values:
    """What is known of the document. Raises UsageFault for what is said twice."""
    if "kind" in given:
        raise UsageFault("--set kind: the kind is the word behind `itnews new`.")
    if not title:
        return given
    if "title" in given:
        raise UsageFault("The title is given twice: behind the kind and with --set.")
    return {"title": " ".join(title.split()), **given}


def _document(project: Project, kind: Kind, values: Values, today: date) -> tuple[SourcePath, str]:
    present = documents(project.files.scan.below(CONTENT))
    own = kind.model.named_by if issubclass(kind.model, Named) else ""
    name = str(values.get("id") or values.get("title") or values.get(own))
    day = Moment.parse(str(values["date"])).day.isoformat() if kind.dated else ""
    setting = Setting(today, _examples(present, project.settings.kinds))
    hides = project.settings.text("markdown.raw_html") == "sanitise"
    path = path_for(kind, name, day, present)
    return path, draft(Wanted(kind, values, setting, hides_comments=hides))


def _refuse_id(project: Project, kind: Kind, id: str) -> None:
    """Raises UsageFault if a document of *kind* has the *id*, in its front matter or by the name of its file."""
    for item in items_of(project)[0]:
        if item.kind == kind.name and fold(item.id) == fold(id):
            raise UsageFault(
                f"{item.path} has the id '{item.id}', and nothing was written. "
                f"Change that one, or write another --set id=NAME."
            )


def _examples(present: Iterable[SourcePath], kinds: Kinds) -> dict[str, str]:
    """For each kind the id of a document that there is, so that an example leads somewhere."""
    found: dict[str, str] = {}
    for path in present:
        kind = kinds.of_folder(path.parts[1])
        if kind and path.name != INDEX:
            found.setdefault(kind.name, path.stem)
    return found


def _ids(project: Project) -> Knows:
    """The ids of documents by kind, for which all of them are read, once, when somebody names one."""

    @cache
    def items() -> tuple[tuple[str, str], ...]:
        return tuple((item.kind, item.id) for item in items_of(project)[0])

    return lambda kind: tuple(id for other, id in items() if other == kind)


def _said(console: Console, wrong: Iterable[Wrong]) -> bool:
    """Whether anything is *wrong*, all of which has been said."""
    found = list(wrong)
    for one in found:
        console.fault(one.message, hint=one.hint)
    if found:
        console.note("Nothing was written.")
    return bool(found)


def _write(path: Path, text: str) -> None:
    """Writes a new file, whole or not at all. Raises UsageFault where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        stream = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        raise UsageFault(
            f"{shown(path)} is there already, and nothing was written. Give the new one another title."
        ) from None
    try:
        with stream:
            stream.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _tell(console: Console, path: Path, values: Values, today: date) -> None:
    console.result(shown(path))
    written = str(values.get("date", ""))
    if written and Moment.parse(written).day > today:
        console.note(f"Its date is to come: until {written} it is not published.")
    console.note(
        "Open it in an editor: fill in the fields that are empty, or leave them so, and write below the last ---."
    )
    console.note("`itnews build --watch` builds whenever you save, and says what is wrong.")
