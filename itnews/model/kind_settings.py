"""The setting `kinds`: kinds of document that a site defines for itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from itnews.model.common import Common
from itnews.model.faults import Fault
from itnews.model.kinds import INTRODUCTION, KINDS
from itnews.model.names import AUDIENCE_WORDS, SAFE_SCHEMES
from itnews.model.own import FIELD_TYPES
from itnews.model.parts import shorthand
from itnews.model.scalars import Flag, Line, Listed
from itnews.model.setting_values import Group, refuse
from itnews.words import did_you_mean

_KIND = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_FIELD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_FOLDER = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_CHOICE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_OF_THE_SITE = frozenset(
    {
        *(
            "alignment",
            "archive",
            "assets",
            "calendar",
            "changes",
            "coverage",
            "data",
            "feed",
            "pagefind",
            "portfolio",
        ),
        *("roadmap", "search", "subscribe", "tags", "value"),
    }
)
"""The first parts of addresses that the site uses itself (DESIGN section 7)."""

_TEMPLATES = frozenset(
    {
        *("404", "alias", "alignment", "archive", "archive-part", "article", "base", "calendar"),
        *(
            "changes",
            "coverage",
            "custom",
            "home",
            "list",
            "portfolio",
            "roadmap-all",
            "sheet",
            "since",
        ),
        *("subscribe", "tag", "tags", "value"),
    }
)
"""Templates of pages that are of no kind, and of what these are made of."""

_OF_OTHERS = frozenset({"benefits", "menu", "needs_from", "photo", "requested_by", "template"})
"""Fields of other kinds by which views and pages go, whatever the kind."""


def _kind_name(value: object) -> object:
    text = str(value).strip()
    if not _KIND.fullmatch(text):
        raise refuse(
            "kind-name-invalid",
            "This is no name for a kind.",
            "write one word in small letters, as in decision or lessons-learnt",
        )
    return text


def _folder(value: object) -> object:
    text = str(value).strip()
    if not _FOLDER.fullmatch(text):
        raise refuse(
            "kind-folder-invalid",
            "This is no folder's name below content/.",
            "write one name in small letters, as in decisions",
        )
    return text


def _field_name(value: object) -> object:
    text = str(value).strip()
    if not _FIELD.fullmatch(text):
        raise refuse(
            "kind-field-invalid",
            "This is no name for a field.",
            "write small letters, digits and underscores, as in decided_by",
        )
    return text


KindName = Annotated[str, BeforeValidator(_kind_name)]


class FieldDefinition(Group):
    """A field of a kind of the site's own."""

    type: Line = Field(
        default="line", description="What it holds: line, text, number, date... or a kind's name."
    )
    list: Flag = Field(default=False, description="Whether it holds several.")
    required: Flag = Field(default=False, description="Whether a document must have it.")
    words: Listed[Line] = Field(default=(), description="What a choice is made from.")
    title: Line = Field(default="", description="How the field is called on the page.")
    description: Line = Field(default="", description="What an author writes there.")


class KindDefinition(Group):
    """A kind of the site's own."""

    folder: Annotated[str, BeforeValidator(_folder)] = Field(
        description="Where its files live below content/, and its list on the site."
    )
    title: Line = Field(default="", description="What one of them is called: Decision.")
    plural: Line = Field(default="", description="What its list is called: Decisions.")
    dated: Flag = Field(
        default=False, description="Whether each has a date; then it stands in the archive."
    )
    list: Flag = Field(default=True, description="Whether it has a list.")
    feed: Flag = Field(
        default=False, description="Whether it is in the site's feeds, if it is dated."
    )
    template: Line = Field(
        default="", description="The template of its pages, without .html; else the kind's name."
    )
    fields: dict[
        Annotated[str, BeforeValidator(_field_name)],
        Annotated[FieldDefinition, shorthand("type")],
    ] = Field(default={}, description="Its fields besides those that every kind has.")

    @field_validator("template")
    @classmethod
    def _a_name(cls, template: str) -> str:
        name = template.removesuffix(".html")
        if name and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
            raise refuse(
                "kind-template-invalid",
                "This is no template's name.",
                "write the name of a file in theme/templates/, as in decision",
            )
        return name


def kind_faults(kinds: Mapping[str, KindDefinition]) -> Iterator[Fault]:
    """What is wrong with *kinds* beside one another and beside those that every site has."""
    folders: dict[str, str] = {kind.folder: name for name, kind in KINDS.items()}
    for name, kind in kinds.items():
        at = ("kinds", name)
        taken = {*KINDS, INTRODUCTION.name, *SAFE_SCHEMES, *AUDIENCE_WORDS, *_TEMPLATES}
        if name in taken or name.startswith("list-"):
            message = f"'{name}' has a meaning already."
            yield Fault("kind-taken", at, message, "choose another name for the kind", key=True)
        if kind.folder in folders:
            message = f"content/{kind.folder}/ belongs to the kind '{folders[kind.folder]}'."
            yield Fault("kind-taken", (*at, "folder"), message, "choose another folder")
        elif kind.folder in _OF_THE_SITE:
            message = f"The site itself uses /{kind.folder}/."
            yield Fault("kind-taken", (*at, "folder"), message, "choose another folder")
        folders.setdefault(kind.folder, name)
        if kind.template in {*KINDS, *_TEMPLATES} or kind.template.startswith("list-"):
            message = f"The template '{kind.template}' is made for other pages."
            hint = f"give the kind one of its own, as in {name}"
            yield Fault("kind-template-invalid", (*at, "template"), message, hint)
        if kind.feed and not kind.dated:
            message = "What has no date is in no feed."
            yield Fault("kind-feed", (*at, "feed"), message, "write `dated: true`, too, or no feed")
        for field, definition in kind.fields.items():
            yield from _field_faults((*at, "fields", field), definition, (*KINDS, *kinds))


def _field_faults(
    at: tuple[str | int, ...], field: FieldDefinition, kinds: tuple[str, ...]
) -> Iterator[Fault]:
    name = str(at[-1])
    if hasattr(Common, name) or name in Common.model_fields or name in _OF_OTHERS:
        message = f"'{name}' has a meaning already."
        yield Fault("kind-taken", at, message, "choose another name for the field", key=True)
    known = (*FIELD_TYPES, *kinds)
    if field.type not in known:
        hint = did_you_mean(field.type, known) or f"write one of {', '.join(known)}"
        # A type that stands behind the field's name has no place of its own.
        yield Fault("kind-type-unknown", (*at, "type"), f"Unknown type '{field.type[:40]}'.", hint)
    if (field.type == "choice") != bool(field.words):
        message = (
            "A choice needs words to choose from."
            if field.type == "choice"
            else "Only a choice has words to choose from."
        )
        yield Fault("kind-words", at, message, "write type: choice and words: [open, closed]")
    for number, word in enumerate(field.words):
        if not _CHOICE.fullmatch(word):
            hint = "write small letters, digits and hyphens, as in under-review"
            loc = (*at, "words", number)
            yield Fault("kind-words", loc, f"'{word[:40]}' cannot be chosen.", hint)
