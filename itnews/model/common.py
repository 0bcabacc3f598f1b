"""The fields that all kinds of document have in common."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from itnews.model.moment import Moment
from itnews.model.names import EVERYONE, IMPORTANCE
from itnews.model.parts import (
    AUDIENCE,
    DEPARTMENT,
    GOAL,
    PERSON,
    PROJECT,
    SERVICE,
    Action,
    Link,
    Part,
    Why,
    shorthand,
)
from itnews.model.scalars import (
    Audience,
    FilledLine,
    Flag,
    Id,
    Line,
    Listed,
    SitePath,
    Text,
    WholeNumber,
)
from itnews.model.written import either_name

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


class Common(Part):
    """What every document may say of itself. *title* is all that must be there."""

    may_be_urgent: ClassVar[bool] = False
    own_names: ClassVar[frozenset[str]] = frozenset()
    """The fields that a site has given to a kind of its own: views know nothing of them, whatever they are called."""

    title: FilledLine = Field(title="Title", description="The headline: at most 80 characters.")
    summary: Line = Field(
        default="", title="Summary", description="Why should I care, in one or two sentences."
    )
    kind: Line = Field(
        default="", title="Kind", description="The kind, where the folder does not say it."
    )
    id: Id = Field(
        default="", title="Id", description="The name others refer to; else the file's name."
    )
    slug: Id = Field(default="", title="Slug", description="The part of the address; else the id.")
    date: Moment | None = Field(
        default=None, title="Date", description="The day it is about; publishes it."
    )
    updated: Moment | None = Field(
        default=None, title="Updated", description="The last change worth telling."
    )
    audience: Annotated[Listed[Audience], AUDIENCE] = Field(
        default=(),
        title="Audience",
        description="Whom it concerns: departments, everyone, executives, it.",
    )
    visibility: Listed[Audience] = Field(
        default=(EVERYONE,), title="Visibility", description="Who may see it: everyone, or groups."
    )
    impact: Annotated[dict[Audience, Line], AUDIENCE] = Field(
        default={}, title="Impact", description="For each audience: what this means for you."
    )
    action: Annotated[Action, shorthand("what")] | None = Field(
        default=None, title="Action", description="What you need to do, and by when."
    )
    why: Annotated[Why, shorthand("why")] | None = Field(
        default=None, title="Why", description="Why it is done, why now, what happens otherwise."
    )
    goals: Annotated[Listed[Line], GOAL] = Field(
        default=(), title="Goals", description="The goals it serves."
    )
    services: Annotated[Listed[Line], SERVICE] = Field(
        default=(), title="Services", description="The services it touches."
    )
    project: Annotated[Line, PROJECT] = Field(
        default="", title="Project", description="The project's id."
    )
    departments: Annotated[Listed[Line], DEPARTMENT] = Field(
        default=(), title="Departments", description="The departments it is about."
    )
    owner: Annotated[Line, PERSON] = Field(
        default="", title="Owner", description="Who answers questions."
    )
    sender: Annotated[Line, PERSON] = Field(
        default="", title="Sender", description="Who signs the mail."
    )
    authors: Annotated[Listed[Line], PERSON] = Field(
        default=(), title="Authors", description="Who wrote it."
    )
    importance: Annotated[str, IMPORTANCE] = Field(
        default="normal", title="Importance", description="normal, major; urgent for notices only."
    )
    review_by: Moment | None = Field(
        default=None, title="Review by", description="When to look again."
    )
    expires: Moment | None = Field(
        default=None, title="Expires", description="The last day in lists."
    )
    remove_when_expired: Flag = Field(
        default=False, title="Remove when expired", description="Take the page away, too."
    )
    publish_at: Moment | None = Field(
        default=None, title="Publish at", description="Not before; else date."
    )
    draft: Flag = Field(default=False, title="Draft", description="Not published yet.")
    input_until: Moment | None = Field(
        default=None, title="Input until", description="Until when one can still influence this."
    )
    questions: Listed[Text] = Field(
        default=(), title="Questions", description="What we want to know."
    )
    credits: Annotated[Listed[Line], PERSON] = Field(
        default=(), title="Credits", description="Who deserves thanks."
    )
    links: Listed[Annotated[Link, shorthand("url")]] = Field(
        default=(), title="Links", description="Further reading."
    )
    tags: Listed[Line] = Field(default=(), title="Tags", description="Words to find it by.")
    aliases: Listed[SitePath] = Field(
        default=(), title="Aliases", description="Old paths that lead here."
    )
    lang: Line = Field(
        default="", title="Language", description="Of this text, if not the site's: de, fr."
    )
    image: Line = Field(default="", title="Image", description="A picture beside the file.")
    image_alt: Line = Field(default="", title="Image text", description="What the picture shows.")
    pin: Flag = Field(default=False, title="Pin", description="Stay on top of lists.")
    order: WholeNumber | None = Field(
        default=None, title="Order", description="Position among its kind."
    )

    @field_validator("importance")
    @classmethod
    def _urgent_is_for_notices(cls, importance: str) -> str:
        if importance == "urgent" and not cls.may_be_urgent:
            raise PydanticCustomError(
                "importance_urgent", "Only notices can be urgent.", {"hint": "write major"}
            )
        return importance

    @field_validator("tags")
    @classmethod
    def _without_empty(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, tags))

    @field_validator("lang")
    @classmethod
    def _a_language(cls, lang: str) -> str:
        if lang and not _LANGUAGE.fullmatch(lang):
            raise PydanticCustomError(
                "language_invalid", "This is no language code.", {"hint": "write en, de or fr-CH"}
            )
        return lang.replace("_", "-")


class Named(Common):
    """What has a name: the field *named_by* and the title stand in for each other, and one of them is enough."""

    named_by: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _one_name(cls, value: object) -> object:
        if not isinstance(value, Mapping):
            return value
        title, name = (
            None if found == "" else found
            for found in (value.get("title"), value.get(cls.named_by))
        )
        return {
            **value,
            "title": name if title is None else title,
            cls.named_by: title if name is None else name,
        }

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return either_name(handler.resolve_ref_schema(handler(schema)), "title", cls.named_by)
