"""An example of what each field may hold: valid, and short enough to be written over."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct, field

from itnews.model.described import Described, Form, described

T = TypeVar("T")

Example = str | float | bool | list["Example"] | dict[str, "Example"]
"""An example as the YAML loader returns it."""

_TEXTS: Mapping[str, Example] = {
    # By the field's name, or by that of its model and its own where the name alone means something else.
    "title": "What this is about",
    "summary": "You sign in with your phone. It takes five minutes, once.",
    "kind": "page",
    "id": "vpn",
    "slug": "vpn-in-december",
    "visibility": "everyone",
    "impact": "You get your money back in four days instead of nine.",
    "what": "Answer a request for leave",
    "Action.what": "Book a slot for your laptop",
    "minutes": 5,
    "link": "https://intranet.example.org/book",
    "url": "https://intranet.example.org/more",
    "Link.title": "The questions we hear most",
    "why": "Paper gets lost, and nobody can say where a request is.",
    "now": "The old forms run out in spring.",
    "otherwise": "We print them for another year.",
    "questions": "Would a text message do instead of a letter?",
    "tags": "vpn",
    "aliases": "/news/2025/vpn/",
    "lang": "de",
    "image": "vpn-app.png",
    "image_alt": "The two buttons of the app",
    "order": 1,
    "status_reason": "The supplier delivers two weeks later than agreed.",
    "completed": "Everybody in Finance can sign in with the phone",
    "upcoming": "Sales follows in January",
    "blockers": "Forty phones are too old for the app",
    "problem": "A request travels through three trays and takes nine days to come back.",
    "outcome": "You know within two days whether you can book your holiday.",
    "help_needed": "Two people who try it for a week",
    "risks": "Half of the phones may be too old",
    "Recovery.what": "A second supplier delivers the rest",
    "amount": 12000,
    "band": "between 10,000 and 20,000",
    "currency": "EUR",
    "basis": "Approved total",
    "Milestone.name": "The first team uses it",
    "Need.what": "Names of ten people who try it first",
    "Training.what": "Half an hour that shows the new form",
    "Benefit.id": "answer-days",
    "Benefit.what": "Days until a request is answered",
    "unit": "days",
    "baseline": 9,
    "Benefit.target": 2,
    "measured": 4,
    "evidence": "https://intranet.example.org/figures",
    "challenge": "Those who have no desk could read the news nowhere.",
    "solution": "Two transmitters, and a sign with the way in.",
    "result": "A third of those who eat in the canteen read them there.",
    "figure": "300",
    "Figure.unit": "people",
    "label": "can read the news at lunch",
    "people": 2,
    "weeks": 3,
    "steps": "Measured where there was no signal",
    "Quote.text": "I know what is going on now.",
    "Measure.what": "Kinds of paper forms in use",
    "Measure.unit": "forms",
    "Measure.target": 0,
    "current": 4,
    "PlannedItem.title": "Payslips on the phone",
    "role_label": "Business partner",
    "cares_about": "Answers that people do not have to wait for",
    "Blackout.why": "Year-end close",
    "statement": "By the end of the year no request needs a form on paper.",
    "name": "Dana Vogt",
    "role": "Relationship manager in IT",
    "contact": "dana.vogt@example.org",
    "photo": "dana-vogt.jpg",
    "menu": 1,
    "template": "page.html",
    "duration": "2h",
    "what_you_will_notice": "The page for leave shows a note.",
    "fallback": "Tell your team lead, and enter it the next day.",
    "cause": "A cable was cut in the street.",
    "change_ref": "CHG-1042",
    "Entry.text": "Mail works again for everybody.",
    "words": "I ask four people before I say yes to a fifth.",
    "answer": "Yes, in spring, with the new calendar.",
    "answer_why": "It would cost more than it saves.",
    "question": "How do you want to hear that your leave is approved?",
    "how": "mailto:it@example.org",
    "users": "Everybody at the company",
    "turnaround": "Questions are answered the same day",
    "help_link": "https://intranet.example.org/help",
    "term": "Outage",
    "plain": "It does not work at all.",
    "also_called": "downtime",
    "say_instead": "it has stopped",
}
_WORDS: Mapping[str, str] = {
    # Words of enumerations that make a better example than the first.
    "importance": "major",
    "phase": "pilot",
    "class": "transform",
    "cadence": "monthly",
    "Benefit.kind": "time",
    "PlannedItem.horizon": "next",
}
_DAYS: Mapping[str, int] = {
    # From today on.
    "by": 14,
    "closes": 21,
    "decision_by": 45,
    "due": 60,
    "expires": 90,
    "input_until": 21,
    "next_meeting": 21,
    "publish_at": 7,
    "review_by": 180,
    "starts": 7,
    "ends": 8,
    "last_meeting": -30,
    "Training.date": 30,
}
_BY_FORM: Mapping[Form, Example] = {
    "text": "As many words as it needs.",
    "line": "A few words",
    "number": 12.5,
    "whole": 3,
    "flag": True,
    "id": "a-name",
    "unit": "hours/month",
    "path": "/news/old/",
    "address": "https://intranet.example.org/",
    "duration": "2h",
    "map": "What this means for you.",
}
_IDS: Mapping[str, str] = {
    "update": "vpn-in-december",
    "project": "remote-access",
    "accomplishment": "wifi-in-the-canteen",
    "roadmap": "this-year",
    "department": "finance",
    "goal": "less-paper",
    "person": "dana-vogt",
    "page": "about",
    "notice": "vpn-off-on-saturday",
    "ask": "see-leave-of-team",
    "consultation": "how-to-be-told",
    "service": "mail",
    "term": "outage",
}
_PLAN = 90  # days from now until what is planned here


class Setting(Struct, frozen=True):
    """Where examples are shown: the day, and for a kind the id of one of its documents, where there is one."""

    today: date
    ids: Mapping[str, str] = field(default_factory=dict)


def example(wanted: Described, owner: str, setting: Setting) -> Example:
    """What the field *wanted* of the model named *owner* may hold: a list for what is listed, a map for a part."""
    one = _one(wanted, owner, setting)
    return [one] if wanted.listed else one


def is_explained(wanted: Described, owner: str) -> bool:
    """Whether there is an example made for this field, and not only one for all of its form."""
    return (
        wanted.form not in _BY_FORM
        or wanted.form == "flag"
        or _own(_TEXTS, wanted, owner) is not None
    )


def _one(wanted: Described, owner: str, setting: Setting) -> Example:
    if wanted.part:
        inner = wanted.part.__name__
        return {one.name: example(one, inner, setting) for one in described(wanted.part)}
    if wanted.form == "choice":
        return _own(_WORDS, wanted, owner) or wanted.words[0]
    if wanted.form == "period":
        return _quarter(setting.today + timedelta(days=_PLAN))
    if wanted.form in ("moment", "deadline"):
        return (setting.today + timedelta(days=_own(_DAYS, wanted, owner) or 0)).isoformat()
    if wanted.form == "reference":
        return _id(wanted, setting)
    text = _own(_TEXTS, wanted, owner)
    scalar = _BY_FORM[wanted.form] if text is None else text
    return {_id(wanted, setting): scalar} if wanted.form == "map" else scalar


def _own(table: Mapping[str, T], wanted: Described, owner: str) -> T | None:
    return table.get(f"{owner}.{wanted.name}", table.get(wanted.name))


def _id(wanted: Described, setting: Setting) -> str:
    kind = wanted.refers.kinds[0] if wanted.refers else ""
    return setting.ids.get(kind) or _IDS.get(kind) or f"some-{kind}"


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
