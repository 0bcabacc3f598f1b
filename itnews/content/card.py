"""From a document's bytes to its card: kind, id, date, audience, fields; and everything that is wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from types import NoneType

from msgspec import Struct
from pydantic import ValidationError

from itnews.content.frontmatter import Parts, fence, read_fields, split
from itnews.content.rules import CardRules
from itnews.content.scan import CONTENT, INDEX
from itnews.model.article import Card
from itnews.model.common import Common
from itnews.model.faults import Fault, faults
from itnews.model.kinds import INTRODUCTION, Kind, Kinds
from itnews.model.marks import span_at
from itnews.model.moment import Moment
from itnews.model.names import EVERYONE, id_fault
from itnews.model.references import Location, unknown_fields
from itnews.model.scalars import KINDS_KNOWN
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error, warning
from itnews.words import did_you_mean, slug, suggestion
from itnews.yaml import locate

_STEM_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-|$)")
_FIT_FOR_ADDRESSES = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?")
_UNKNOWN = "remove it, or name it in itnews.yaml under unknown_fields: {ignore: [...]}"
_GUARDS = ("visibility", "draft", "publish_at", "expires", "remove_when_expired")
_MAX_SLUG = 200  # bytes; file systems take 255 in a name
_MAX_TAG = 100  # characters
_MAX_TAGS = 100  # each has a list and a feed that names all the others: 5000 take hours
_MAX_UNKNOWN = 100  # suggestions are dear: a table pasted into a front matter would take seconds


class _Source(Struct, frozen=True):
    """A front matter while it is read: *fields* under our names, *written* how each of those is named in the file."""

    path: SourcePath
    parts: Parts
    fields: Mapping[str, object]
    written: Mapping[str, str]

    def at(self, loc: Location, *, key: bool = False) -> Span:
        """Where the value at *loc* (or its name) stands; what is not there at all is missing from the fence down."""
        if not loc or loc[0] not in self.fields:
            return fence(self.parts, self.path)
        first = self.written.get(str(loc[0]), loc[0])
        front = self.parts.front
        mark = locate(front, (first, *loc[1:]), first_line=self.parts.front_line, key=key)
        return span_at(mark, self.path)


def parse_card(
    path: SourcePath, text: str, rules: CardRules
) -> tuple[Card | None, tuple[Problem, ...]]:
    """The card of the document at *path*, of whose decoded *text* only the `head` counts; None if anything in its
    front matter is an error.

    All problems are found at once, each where it stands in the file.
    """
    found, wrong = read_fields(text, path)
    if found is None:
        return None, wrong
    source = _source(text, path, found, rules)
    kind, wrong_kind = _kind(source, rules.kinds)
    if kind is None:
        return None, wrong_kind
    return _validated(source, kind, rules)


def field_place(
    text: str, path: SourcePath, loc: Sequence[str | int], rules: CardRules, *, key: bool = False
) -> Span:
    """Where the value at *loc* of a card's fields (its name with *key*) stands in a document's decoded *text*, under
    its foreign name too."""
    found, _ = read_fields(text, path)
    return _source(text, path, found or {}, rules).at(tuple(loc), key=key)


def _source(text: str, path: SourcePath, found: Mapping[str, object], rules: CardRules) -> _Source:
    fields: dict[str, object] = {}
    written: dict[str, str] = {}
    for foreign, ours in rules.field_names.items():
        if foreign in found and found.get(ours) is None and ours not in written:
            written[ours] = foreign
    names = {foreign: ours for ours, foreign in written.items()}
    for name, value in found.items():
        if name not in written:  # an empty field of ours gives way to the foreign one
            fields[names.get(name, name)] = value
    return _Source(path, split(text), fields, written)


def _kind(source: _Source, kinds: Kinds) -> tuple[Kind | None, tuple[Problem, ...]]:
    named = source.fields.get("kind")
    if named is not None:
        kind = kinds.get(str(named).strip().lower())
        return kind, () if kind else (_kind_problem(source, str(named), kinds),)
    folder = source.path.parts[1] if len(source.path.parts) > 2 else ""
    kind = kinds.of_folder(folder)
    if kind is None:
        return None, (_folder_problem(source, folder, kinds),)
    if len(source.path.parts) > 3 or source.path.name != INDEX:
        return kind, ()
    if kind.list:
        return INTRODUCTION, ()
    return None, (
        error(
            "introduction-unused",
            fence(source.parts, source.path),
            f"{kind.plural} have no list that this file could introduce.",
            hint=f"give the file another name than {INDEX}",
        ),
    )


def _kind_problem(source: _Source, named: str, kinds: Kinds) -> Problem:
    return error(
        "kind-unknown",
        source.at(("kind",)),
        f"Unknown kind '{_short(named)}'.",
        hint=did_you_mean(named, kinds) or f"write one of {', '.join(kinds)}",
    )


def _folder_problem(source: _Source, folder: str, kinds: Kinds) -> Problem:
    folders = [kind.folder for kind in kinds.values()]
    near = suggestion(folder, folders) if folder else ""
    move = (
        f"did you mean {CONTENT}/{near}/?" if near else f"move it to {CONTENT}/updates/ or the like"
    )
    return error(
        "kind-missing",
        fence(source.parts, source.path),
        "The folder does not say what kind of document this is.",
        hint=f"{move}, or write kind: page",
    )


def _validated(
    source: _Source, kind: Kind, rules: CardRules
) -> tuple[Card | None, tuple[Problem, ...]]:
    problems = [*_guard_problems(source)]
    try:
        fields = kind.model.model_validate(source.fields, context={KINDS_KNOWN: rules.kinds})
    except ValidationError as wrong:
        problems += [_placed(fault, source, kind) for fault in faults(wrong)]
        return None, tuple(problems)
    problems += _unknown_problems(source, fields, rules)
    problems += _group_problems(source, fields, rules)
    problems += _tag_problems(source, fields)
    card, wrong_names = _named(source, kind, fields)
    problems += wrong_names
    failed = any(problem.level == "error" for problem in problems)
    return (None if failed else card), tuple(problems)


def _placed(fault: Fault, source: _Source, kind: Kind) -> Problem:
    near = _near_missing(fault, source, kind) if fault.code == "field-missing" else ""
    if near:
        at, hint = source.at((*fault.loc[:-1], near), key=True), f"did you mean '{fault.loc[-1]}'?"
        message = f"{fault.message.removesuffix('.')}, and '{_short(near)}' is none."
        return error(fault.code, at, message, hint=hint)
    return error(fault.code, source.at(fault.loc, key=fault.key), fault.message, hint=fault.hint)


def _near_missing(fault: Fault, source: _Source, kind: Kind) -> str:
    """The name, known to nobody, under which a missing field was probably written."""
    beside: object = source.fields
    for part in fault.loc[:-1]:
        if isinstance(beside, Mapping):
            beside = beside.get(part)
        elif isinstance(beside, list) and isinstance(part, int):
            beside = beside[part]
    known = kind.model.model_fields if len(fault.loc) == 1 else {}
    others = (
        (str(name) for name in beside if name not in known) if isinstance(beside, Mapping) else ()
    )
    return suggestion(str(fault.loc[-1]), others)


def _guard_problems(source: _Source) -> Iterator[Problem]:
    """A field that guards a document and says nothing: better no page than one for everybody."""
    named = source.fields.get("visibility", EVERYONE)
    # A hyphen with nothing behind it is nobody, too.
    if not named or (isinstance(named, list) and set(map(type, named)) == {NoneType}):
        yield error(
            "visibility-empty",
            source.at(("visibility",)),
            "Nobody is named who may see this.",
            hint="name a group, or remove the field if everyone may see it",
        )


def _unknown_problems(source: _Source, fields: Common, rules: CardRules) -> Iterator[Problem]:
    ignored = {*rules.ignored_fields, *rules.field_names}
    for loc, known in islice(unknown_fields(fields), _MAX_UNKNOWN):
        name = str(loc[-1])
        if len(loc) == 1 and name in ignored:
            continue
        near = suggestion(name, known)
        subject = _short(".".join(part for part in loc if isinstance(part, str)))
        at, hint = source.at(loc, key=True), f"did you mean '{near}'?" if near else _UNKNOWN
        if len(loc) == 1 and near in _GUARDS:
            message = f"'{_short(name)}' is no field, and its near namesake decides who sees the document and when."
            yield error("field-misspelt", at, message, hint=hint, subject=subject)
        else:
            yield warning(
                "field-unknown", at, f"Unknown field '{_short(name)}'.", hint=hint, subject=subject
            )


def _short(name: str) -> str:
    """*name* as a message shows it: a sentence with a colon in it reads as the name of a field."""
    return name if len(name) <= 40 else name[:39] + "…"


def _group_problems(source: _Source, fields: Common, rules: CardRules) -> Iterator[Problem]:
    if rules.groups is None:
        return
    known = rules.groups | {EVERYONE}
    for number, group in enumerate(fields.visibility):
        if group not in known:
            yield error(
                "visibility-unknown",
                source.at(("visibility", number)),
                f"Unknown group '{_short(group)}': no edition shows it.",
                hint=did_you_mean(group, known) or f"the groups are {', '.join(sorted(known))}",
            )


def _tag_problems(source: _Source, fields: Common) -> Iterator[Problem]:
    """A tag has a page, so an address has to be made of it."""
    if len(fields.tags) > _MAX_TAGS:
        yield error(
            "tag-too-many",
            source.at(("tags",), key=True),
            f"These are {len(fields.tags)} tags.",
            hint=f"keep those that readers look for: at most {_MAX_TAGS}",
        )
        return
    for number, tag in enumerate(fields.tags):
        if len(tag) > _MAX_TAG:
            yield error(
                "tag-too-long",
                source.at(("tags", number)),
                f"This tag has {len(tag)} characters.",
                hint=f"a tag is a word or two: at most {_MAX_TAG} characters",
            )
        elif not slug(tag):
            yield error(
                "tag-unfit",
                source.at(("tags", number)),
                f"An address cannot be made of the tag '{tag}'.",
                hint="use a tag with a letter or a digit, or remove it",
            )


def _named(source: _Source, kind: Kind, fields: Common) -> tuple[Card, tuple[Problem, ...]]:
    """The card, and what is wrong with the names and the date that it takes from its file."""
    stem = _stem(source.path)
    id = f"{stem}/index" if kind is INTRODUCTION else fields.id or stem
    slug_text = "" if kind is INTRODUCTION else _address_part(fields.slug or id)
    day, wrong_date = _date(source, kind, fields, stem)
    card = Card(
        path=source.path,
        definition=kind,
        id=id,
        slug=slug_text,
        title=fields.title,
        date=day,
        audience=_audience(fields),
        visibility=fields.visibility,
        fields=fields,
    )
    wrong_names = () if kind is INTRODUCTION else _name_problems(source, fields, card)
    return card, (*wrong_names, *wrong_date)


def _stem(path: SourcePath) -> str:
    """The file's name without its ending; for an `index.md` the name of its folder."""
    return path.parent.name if path.name == INDEX and path.parent.name else path.stem


def _name_problems(source: _Source, fields: Common, card: Card) -> tuple[Problem, ...]:
    fault = "" if fields.id else id_fault(card.id)
    if fault:
        hint = "rename the file, or write id: with letters, digits and hyphens"
        return (error("id-invalid", fence(source.parts, source.path), fault, hint=hint),)
    if len(card.slug) > _MAX_SLUG:
        at = source.at(("slug",) if fields.slug else ("id",))
        message = f"The part of the address made of this name has {len(card.slug)} characters."
        return (error("slug-too-long", at, message, hint=f"write a slug: of at most {_MAX_SLUG}"),)
    return ()


def _date(
    source: _Source, kind: Kind, fields: Common, stem: str
) -> tuple[Moment | None, tuple[Problem, ...]]:
    """The date, from the field or else the name, and whether they differ or none is there where one is needed."""
    named = _STEM_DATE.match(stem)
    in_name = _moment(named[1]) if named else None
    if fields.date is None:
        if in_name is None and kind.dated:
            return None, (_date_problem(source, kind, named[1] if named else ""),)
        return in_name, ()
    if in_name is not None and _far(in_name.day, fields.date):
        hint = "the field counts; rename the file, or correct the field"
        message = f"The file's name says {in_name}, the field says {fields.date.day.isoformat()}."
        return fields.date, (
            warning("date-differs", source.at(("date",)), message, hint=hint, subject="date"),
        )
    return fields.date, ()


def _moment(text: str) -> Moment | None:
    try:
        return Moment.parse(text)
    except ValueError:
        return None


def _far(named: date, written: Moment) -> bool:
    """Whether the days differ by more than a time zone can: a time with an offset may be another day elsewhere."""
    offset = written.clock is not None and written.clock.tzinfo is not None
    return abs((named - written.day).days) > (1 if offset else 0)


def _date_problem(source: _Source, kind: Kind, named: str) -> Problem:
    wrong = (
        f" The file's name begins with {named}, which is no day of the calendar." if named else ""
    )
    return error(
        "date-missing",
        source.at(("date",)),
        f"{kind.singular}: a date is needed.{wrong}",
        hint="write date: 2026-03-02, or begin the file's name with 2026-03-02-",
    )


def _audience(fields: Common) -> tuple[str, ...]:
    """Whom it concerns: as written, else the departments that it names, else everyone (CONTENT-MODEL, "Concern")."""
    named = fields.audience or (*fields.departments, *fields.impact)
    return tuple(dict.fromkeys(named)) or (EVERYONE,)


def _address_part(name: str) -> str:
    """*name* whole if an address can carry it as it is, else what is left of it that an address can carry."""
    return name if _FIT_FOR_ADDRESSES.fullmatch(name) else slug(name)
