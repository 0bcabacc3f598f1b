"""The settings of a site (`itnews.yaml`): their model, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from msgspec.structs import replace
from pydantic import BaseModel, Field, ValidationError, field_validator

from itnews.late import late
from itnews.model.faults import Fault, faults
from itnews.model.kind_settings import FieldDefinition, KindDefinition, KindName, kind_faults
from itnews.model.marks import problem_of, span_at
from itnews.model.names import CADENCE, ENUMERATIONS, IMPACT_LEVEL
from itnews.model.scalars import (
    Audience,
    FilledLine,
    Flag,
    Line,
    Listed,
    OutwardAddress,
    Text,
    WholeNumber,
)
from itnews.model.setting_values import BaseUrl, Folder, Group, Name, refuse
from itnews.model.settings import Settings, output_folder
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error
from itnews.words import did_you_mean, suggestion
from itnews.yaml import YamlError, load, locate

if TYPE_CHECKING:
    from babel import localedata
else:
    localedata = late("babel.localedata")

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_SITE_ID = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_LANGUAGE = "en"
_MAX_NOTICE = 366

Opaque = dict[str, Any]
"""Settings of what is built later: kept as written, not looked at."""


class Site(Group):
    """Whose site it is, and how it counts time and money."""

    id: str = Field(
        description="host,year: the beginning of every feed item's id. Never change it."
    )
    title: FilledLine = Field(description="The site's name.")
    base_url: BaseUrl = Field(description="Where the site is published, with its path.")
    language: str = Field(default=_LANGUAGE, description="The language of the site: en, de, fr-CH.")
    timezone: str = Field(default="UTC", description="The time zone, as in Europe/Berlin.")
    organisation: Line = Field(default="", description="The company's name.")
    description: Line = Field(default="", description="What the site is for, in a sentence.")
    fiscal_year_start: WholeNumber = Field(
        default=1, ge=1, le=12, description="The month in which the fiscal year begins, 1 to 12."
    )
    currency: Line = Field(default="", description="ISO 4217 code, where a cost names none.")

    @field_validator("id")
    @classmethod
    def _a_tag(cls, id: str) -> str:
        if not _SITE_ID.fullmatch(id):  # RFC 4151 section 2.1, taggingEntity
            raise refuse(
                "site-id-invalid",
                "This is no site id.",
                "write host,year as in it.example.org,2026",
            )
        return id

    @field_validator("language")
    @classmethod
    def _a_language(cls, language: str) -> str:
        # What most sites write is not looked up.
        if language != _LANGUAGE and not _is_known(language):
            raise refuse(
                "language-unknown", f"Unknown language '{language[:40]}'.", "write en, de or fr-CH"
            )
        return language.replace("_", "-")

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (KeyError, ValueError, OSError):  # unknown; `../x`; `Europe`, which is a folder
            hint = did_you_mean(timezone, available_timezones()) or "write it as in Europe/Berlin"
            raise refuse(
                "timezone-unknown", f"Unknown time zone '{timezone[:40]}'.", hint
            ) from None
        return timezone


class Theme(Group):
    """How the site looks."""

    name: Name = Field(
        default="newsroom", description="A folder of themes/, or a theme that is built in."
    )
    accent: str = Field(default="", description="The company's colour, as in #0f5b6e.")
    logo: Line = Field(default="", description="A picture for the head of each page.")

    @field_validator("accent")
    @classmethod
    def _a_colour(cls, accent: str) -> str:
        if accent and not _COLOUR.fullmatch(accent):
            raise refuse(
                "colour-invalid",
                "This is no colour.",
                'write six digits in quotes, as in "#0f5b6e"',
            )
        return accent


class EditionSettings(Group):
    """An edition: who may see it, and where it goes."""

    shows: Listed[Audience] = Field(
        default=(), description="The groups that see it, besides everyone."
    )
    base_url: BaseUrl | None = Field(default=None, description="Its address; else the site's.")
    output: Folder | None = Field(default=None, description="Its folder; else output/<name>.")


class Feedback(Group):
    """How readers answer."""

    mailto: Line = Field(default="", description="An e-mail address.")
    form: OutwardAddress = Field(
        default="", description="A form's address; {page} and {id} are filled in."
    )


class MenuEntry(Group):
    """A link of the main navigation."""

    title: FilledLine = Field(description="The words of the link.")
    url: OutwardAddress = Field(
        min_length=1, description="Where it leads: an address, or a path on this site."
    )


class UnknownFields(Group):
    """Fields of other systems."""

    ignore: Listed[Line] = Field(default=(), description="Fields that are no warning.")


class Links(Group):
    """How links are checked."""

    ignore: Listed[Line] = Field(
        default=(), description="Patterns (*, ?) of addresses left as written."
    )


class MarkdownSettings(Group):
    """How bodies are read."""

    raw_html: Literal["sanitise", "escape", "trust"] = Field(
        default="sanitise",
        description="HTML in Markdown: cleaned, shown as text, or taken as it is.",
    )


class Feeds(Group):
    """What feeds hold."""

    items: WholeNumber = Field(default=20, ge=1, le=500, description="How many items.")
    content: Literal["full", "summary"] = Field(
        default="full", description="The whole text, or the summary."
    )


def _by_default() -> Any:
    """What a group is that is not there: validated like one without a word in it, and so built with the others."""
    return Field(default={}, validate_default=True)


class SettingsModel(Group):
    """All settings of a site, as they are written."""

    site: Site
    theme: Theme = _by_default()
    menu: Listed[MenuEntry] = Field(
        default=(), description="The main navigation, where it is not to be the usual one."
    )
    mission: Text = Field(default="", description="What the company is there for.")
    editions: dict[Name, EditionSettings] = Field(
        default={}, description="Who may see what, by name."
    )
    feedback: Feedback = _by_default()
    labels: dict[str, dict[str, FilledLine]] = Field(
        default={}, description="How words are printed: status: {on-track: Going well}."
    )
    field_names: dict[str, FilledLine] = Field(
        default={}, description="A foreign field's name: ours."
    )
    unknown_fields: UnknownFields = _by_default()
    links: Links = _by_default()
    cadence_default: Annotated[str, CADENCE] = Field(
        default="", description="How often a status is confirmed, where a project does not say."
    )
    stale_after: WholeNumber = Field(
        default=31,
        ge=1,
        description="Days after which a status counts as not confirmed, without a cadence.",
    )
    markdown: MarkdownSettings = _by_default()
    feeds: Feeds = _by_default()
    kinds: dict[KindName, KindDefinition] = Field(
        default={}, description="Kinds of the site's own, by name."
    )
    notice_days: dict[
        Annotated[str, IMPACT_LEVEL], Annotated[WholeNumber, Field(ge=0, le=_MAX_NOTICE)]
    ] = Field(
        default={},
        description="How many days ahead a notice is due, by its impact level: outage: 5.",
    )
    coverage: Flag = Field(
        default=False,
        description="Whether what IT owes its readers has a page, /coverage/; `itnews status` tells it anyway.",
    )
    digest: Opaque = Field(default={}, description="The digest by e-mail.")
    publish: Opaque = Field(default={}, description="Where the site is copied to, by name.")
    plain_language: Opaque = Field(default={}, description="Words to avoid, and their limits.")

    @field_validator("labels")
    @classmethod
    def _known_words(cls, labels: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        for name, words in labels.items():
            _check_member(name, tuple(ENUMERATIONS), within=(name,))
            for word in words:
                _check_member(word, ENUMERATIONS[name].words, within=(name, word))
        return labels

    @field_validator("editions")
    @classmethod
    def _names_differ(cls, editions: dict[str, EditionSettings]) -> dict[str, EditionSettings]:
        if len({name.casefold() for name in editions}) < len(editions):
            raise refuse("edition-duplicate", "Two editions have the same name.", "rename one")
        return editions

    @field_validator("editions")
    @classmethod
    def _outputs_lie_apart(cls, editions: dict[str, EditionSettings]) -> dict[str, EditionSettings]:
        folders = {name: output_folder(name, one.output) for name, one in editions.items()}
        for name, folder in folders.items():
            above = next((other for other in folders if folders[other] in folder.parents), "")
            if above:
                raise refuse(
                    "edition-nested",
                    f"The output of the edition '{name}' lies inside that of '{above}'.",
                    "give each a folder beside the others, as in output/board and output/staff",
                )
        return editions


def parse_settings(text: str, path: SourcePath) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in *text*; None, and everything that is wrong with them, each at its place."""
    try:
        found = load(text)
    except YamlError as fault:
        return None, (problem_of(fault, path),)
    if not isinstance(found, dict | None):
        message = "The settings are not fields."
        hint = "write each as a name, a colon and a value"
        return None, (error("settings-no-map", Span(path, 1, 1), message, hint=hint),)
    try:
        model = SettingsModel.model_validate(_without_blanks(found or {}))
    except ValidationError as wrong:
        return None, tuple(_problem(fault, text, path) for fault in _told_once(wrong))
    if wrong_kinds := tuple(kind_faults(model.kinds)):
        return None, tuple(_problem(fault, text, path) for fault in wrong_kinds)
    return Settings(model.model_dump(mode="json")), ()


def _without_blanks(value: Any) -> Any:
    """A setting with nothing behind its colon is one that is not set."""
    if isinstance(value, dict):
        return {name: _without_blanks(item) for name, item in value.items() if item is not None}
    return value


def _is_known(language: str) -> bool:
    """Whether the CLDR knows *language*, written with hyphens or underscores."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", language):
        return False
    return localedata.exists(localedata.normalize_locale(language.replace("-", "_")) or "")


def _check_member(word: str, known: tuple[str, ...], *, within: tuple[str, ...]) -> None:
    if word not in known:
        hint = did_you_mean(word, known) or f"there are {', '.join(known)}"
        message = f"'{word[:40]}' is no word that has a label."
        raise refuse("label-unknown", message, hint, within=within)


def _all_faults(wrong: ValidationError) -> Iterator[Fault]:
    for fault in faults(wrong):
        if fault.code.startswith("kind-"):
            yield fault  # speaks of fields that are fields
            continue
        code = fault.code.replace("field-", "setting-")
        message = fault.message.replace("field", "setting")
        yield replace(fault, code=code, message=message)


def _told_once(wrong: ValidationError) -> Iterator[Fault]:
    """All faults but those of settings that are missing because their names are misspelt."""
    every = tuple(_all_faults(wrong))
    meant = {
        (*fault.loc[:-1], suggestion(str(fault.loc[-1]), _known_beside(fault.loc)))
        for fault in every
        if fault.code == "setting-unknown"
    }
    yield from (
        fault for fault in every if fault.code != "setting-missing" or fault.loc not in meant
    )


def _problem(fault: Fault, text: str, path: SourcePath) -> Problem:
    at = span_at(locate(text, fault.loc, first_line=1, key=fault.key), path)
    return error(fault.code, at, fault.message, hint=_hint(fault))


def _hint(fault: Fault) -> str:
    name = str(fault.loc[0]) if fault.loc else ""
    if fault.code == "setting-unknown":
        known = _known_beside(fault.loc)
        return did_you_mean(str(fault.loc[-1]), known) or f"known here are {', '.join(known)}"
    if fault.code == "map-expected" and name in _EXAMPLES and len(fault.loc) == 1:
        return f"write names below it, as in {_EXAMPLES[name]}"
    if fault.code == "map-expected":
        known = _known_beside((*fault.loc, ""))
        return f"indent them below the name; there are {', '.join(known)}"
    return fault.hint


_EXAMPLES = {
    "editions": "board: {shows: [board], output: output/board}",
    "field_names": "excerpt: summary",
    "labels": "status: {on-track: Going well}",
    "notice_days": "outage: 5",
}
"""Settings that are maps of names which the publisher chooses, or of words of the subject."""


_MEMBERS: Mapping[str, type[BaseModel]] = {
    "editions": EditionSettings,
    "fields": FieldDefinition,
    "kinds": KindDefinition,
    "menu": MenuEntry,
}
"""What the settings hold several of, by name or one after the other."""


def _known_beside(loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The settings that are known in the group that *loc* points into."""
    group: type[BaseModel] = SettingsModel
    for part in loc[:-1]:
        if part in _MEMBERS:
            group = _MEMBERS[str(part)]
        elif isinstance(part, str) and part in group.model_fields:
            inner = group.model_fields[part].annotation
            group = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else group
    return tuple(group.model_fields)
