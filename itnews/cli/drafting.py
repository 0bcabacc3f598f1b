"""The text of a new document: what is known filled in, what may be said beside it as comments. Pure."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from itnews.model.common import Common, Named
from itnews.model.described import Described, described
from itnews.model.examples import Setting, example
from itnews.model.kinds import Kind
from itnews.words import with_article
from itnews.yaml import dump

_COLUMN = 34
"""Where the words about a field begin, if it leaves room for them."""

_FIRST: Mapping[str, tuple[str, ...]] = {
    "update": ("summary", "project", "status", "departments", "authors"),
    "project": ("summary", "horizon", "status", "target", "departments", "owner", "outcome"),
    "accomplishment": ("summary", "project", "departments", "challenge", "solution", "result"),
    "roadmap": ("summary", "period", "owner"),
    "notice": (
        "summary",
        "notice_type",
        "impact_level",
        "starts",
        "ends",
        "services",
        "departments",
        "what_you_will_notice",
        "fallback",
        "owner",
    ),
    "ask": ("summary", "asked_by", "words", "state", "answer", "project"),
    "consultation": ("summary", "question", "opens", "closes", "how", "departments", "owner"),
    "department": ("summary", "relationship_manager", "head", "next_meeting"),
    "goal": ("summary", "statement", "owner", "period"),
    "service": ("summary", "users", "owner", "help_link"),
    "person": ("role", "side", "contact", "departments"),
    "term": ("plain", "say_instead"),
    "page": ("summary", "owner"),
}
"""By kind: what nearly every document of it says. Of other kinds: the summary, and what is required."""

_ADVICE: Mapping[str, tuple[str, ...]] = {
    "update": (
        "What is new, and what does it mean for those who read it? Begin with that, in words about their work.",
        "Then why, what comes next, and whom to ask.",
    ),
    "project": (
        "What will be different for the people it is for, and how do they get there from today?",
        "When the target moves, write the old one into `history` above.",
    ),
    "accomplishment": (
        "Tell what the fields above leave out: who did it, what was hard, what others can learn from it.",
    ),
    "roadmap": (
        "Tell the plan as a story: what comes first, and why in this order.",
        "The board below the text shows the projects that `select` chooses.",
    ),
    "notice": (
        "Only what a reader has to know beside the fields above. Most notices need no more.",
    ),
    "ask": (
        "How it came to the answer, if there is more to tell. What was asked for stays here, the noes too.",
    ),
    "consultation": (
        "What can still be changed, and what is settled already?",
        "When it is closed, write into `outcome` what was said and what was changed because of it.",
    ),
    "department": ("What the department does, and what IT does for it.",),
    "goal": ("Why the company wants this. Goals are the company's, not IT's.",),
    "service": ("What it is for, who may use it, how to get it, and where to get help.",),
    "person": ("What one may ask this person about.",),
    "term": ("An example, if one line above is not enough.",),
    "page": ("What would a reader look for here? Begin with that.",),
}
_ADVICE_OTHERWISE = ("Begin with what it means for those who read it.",)
_SHAPED = ("moment", "period", "deadline", "reference")
_UNTOLD = frozenset({"kind"})  # the folder says it


class Wanted(Struct, frozen=True):
    """A document to begin: what is known of it, by the names of its fields, and where its advice may stand.

    *hides_comments*: an HTML comment in the body is not shown (`markdown.raw_html`).
    """

    kind: Kind
    values: Mapping[str, object]
    setting: Setting
    hides_comments: bool = True


def draft(wanted: Wanted) -> str:
    """The text of the document: valid as it is, and still with the `# ` taken away in front of a field."""
    model = wanted.kind.model
    fields = {field.name: field for field in described(model)}
    untold = {*_UNTOLD, *([model.named_by] if issubclass(model, Named) else [])}
    known = _told_first(wanted, fields)
    rest = [name for name in fields if name not in {*known, *untold}]
    own = [name for name in rest if name not in Common.model_fields]
    common = [name for name in rest if name in Common.model_fields]
    blocks = [
        [line for name in known for line in _known(name, fields.get(name), wanted)],
        [line for name in own for line in _offered(fields[name], wanted)],
        [line for name in common for line in _offered(fields[name], wanted)],
    ]
    kind = wanted.kind.singular.lower()
    if blocks[1]:
        blocks[1].insert(
            0,
            f"## More that {with_article(kind)} may say. Take away the # in front of what you need.",
        )
    blocks[2].insert(0, "## What every document may say, in the same way.")
    advice = _ADVICE.get(wanted.kind.name, _ADVICE_OTHERWISE)
    body = "\n\n".join(f"<!-- {one} -->" for one in advice) + "\n"
    if not wanted.hides_comments:
        blocks.append([f"## {one}" for one in advice])
        body = ""
    front = "\n\n".join("\n".join(block) for block in blocks if block)
    return f"---\n{front}\n---\n\n{body}"


def _told_first(wanted: Wanted, fields: Mapping[str, Described]) -> list[str]:
    """The fields that are filled in or wait to be: title and date, what the kind is about, what else was given."""
    needed = [name for name, field in fields.items() if field.required and name != "title"]
    usual = _FIRST.get(wanted.kind.name) or ("summary", *needed)
    head = [name for name in ("title", "date") if name in wanted.values]
    there = [name for name in usual if name in fields or name in wanted.values]
    return [*dict.fromkeys([*head, *there, *wanted.values])]


def _known(name: str, field: Described | None, wanted: Wanted) -> list[str]:
    if name in wanted.values or field is None:
        return [dump({name: wanted.values.get(name)})]
    return [_beside(f"{name}:", _words(field, _shape(field, wanted)))]


def _offered(field: Described, wanted: Wanted) -> list[str]:
    lines = _lines(field, wanted.kind.model.__name__, "", wanted.setting)
    return [f"# {_beside(text, words)}" for text, words in lines]


def _lines(
    field: Described, owner: str, indent: str, setting: Setting
) -> Iterator[tuple[str, str]]:
    """An example of *field* of the model named *owner* as lines of YAML, each with the words about it."""
    if field.part is None:
        value = {field.name: example(field, owner, setting)}
        is_short = field.listed and field.form != "text"
        first, *others = (dump(value, flow=True)[1:-1] if is_short else dump(value)).split("\n")
        yield indent + first, _words(field)
        yield from ((indent + line, "") for line in others)
        return
    yield f"{indent}{field.name}:", _words(field)
    inner = indent + ("    " if field.listed else "  ")
    for number, one in enumerate(described(field.part)):
        for text, words in _lines(one, field.part.__name__, inner, setting):
            is_first = field.listed and number == 0
            yield (f"{indent}  - {text[len(inner) :]}" if is_first else text), words


def _beside(text: str, words: str) -> str:
    """A line of YAML with *words* about it, in a column where they fit."""
    return f"{text:<{_COLUMN - 2}}  # {words}" if words else text


def _words(field: Described, shape: str = "") -> str:
    words = field.description.strip()
    if not all(word in words.lower() for word in field.words):
        return f"{words.rstrip('.')}: {', '.join(field.words)}."
    return f"{words.rstrip('.')}, as in {shape}." if shape else words


def _shape(field: Described, wanted: Wanted) -> str:
    """What a field that waits to be filled in looks like, where its words do not say it."""
    if field.form not in _SHAPED:
        return ""
    shown = example(field, wanted.kind.model.__name__, wanted.setting)
    return dump(shown, flow=True)
