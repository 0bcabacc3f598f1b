"""The words of the subject: ids and how they compare, enumerations with their synonyms, the labels they print as."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from itnews.late import late
from itnews.words import did_you_mean, fold, slug

if TYPE_CHECKING:
    import pydantic_core
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema, core_schema

    from itnews.model import written
else:
    pydantic_core, core_schema = late("pydantic_core"), late("pydantic_core.core_schema")
    written = late("itnews.model.written")

EVERYONE = "everyone"
AUDIENCE_WORDS = (EVERYONE, "executives", "it")
"""Audiences that are no department."""

REFERENCE_KINDS = (
    "update",
    "project",
    "accomplishment",
    "roadmap",
    "department",
    "goal",
    "person",
    "page",
    "notice",
    "ask",
    "consultation",
    "service",
    "term",
)
"""The kinds that a `kind:id` may name."""

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes that an address on a page may have; the others never survive."""

_NOT_IN_IDS = re.compile(r"[/\\#\x00-\x1f\x7f]")
_SEPARATORS = re.compile(r"[\s_-]+")


def id_fault(text: str) -> str:
    """What is wrong with *text* as an id, as a sentence; empty if nothing is.

    An id may hold letters, digits and punctuation, but nothing that ends an address or a reference.
    """
    if _NOT_IN_IDS.search(text):
        return f"An id cannot hold '{_NOT_IN_IDS.findall(text)[0]}'."
    if not slug(text):
        return f"'{text}' holds no letter or digit that an address could be made of."
    return ""


class Enumeration(Struct, frozen=True):
    """The words that a field may hold. As an annotation of `str` it validates and prints the canonical word."""

    name: str
    labels: Mapping[str, str]
    synonyms: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.labels)

    def canonical(self, text: str) -> str | None:
        """The word that *text* means, or None. Case, spaces, `_` and `-` do not count."""
        word = _SEPARATORS.sub("-", fold(text).strip())
        return word if word in self.labels else self.synonyms.get(word)

    def __get_pydantic_core_schema__(
        self, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        return core_schema.no_info_plain_validator_function(
            self._validate, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(
        self, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        return written.words(self.words, tuple(self.synonyms))

    def _validate(self, value: object) -> str:
        if value == "":
            return ""  # what a model dumps for a field that is not set
        word = self.canonical(value) if isinstance(value, str) else None
        if word is not None:
            return word
        written = str(value)[:40] if isinstance(value, str | int | float) else "..."
        hint = did_you_mean(written, self.labels) or did_you_mean(written, self.synonyms)
        raise pydantic_core.PydanticCustomError(
            "choice_unknown",
            "Unknown {name} '{written}'.",
            {
                "name": self.name,
                "written": written,
                "hint": hint or f"write one of {', '.join(self.labels)}",
            },
        )


def enumeration(
    name: str, words: Sequence[str], synonyms: Mapping[str, str] | None = None
) -> Enumeration:
    """An enumeration of *words*; *synonyms* are, for a word, others separated by blanks (`-` inside one)."""
    others = {other: word for word, listed in (synonyms or {}).items() for other in listed.split()}
    labels = {word: word.replace("-", " ").capitalize() for word in words}
    return Enumeration(name, MappingProxyType(labels), MappingProxyType(others))


STATUS = enumeration(
    "status",
    (
        "on-track",
        "at-risk",
        "off-track",
        "not-started",
        "complete",
        "paused",
        "cancelled",
    ),
    {
        "on-track": "green g ontrack ok on-schedule on-time in-progress in-development ongoing active",
        "at-risk": "amber a yellow y orange risk",
        "off-track": "red r offtrack late delayed behind blocked",
        "not-started": "notstarted planned pending todo to-do",
        "complete": "completed done finished closed delivered blue b",
        "paused": "on-hold hold suspended",
        "cancelled": "canceled stopped abandoned dropped",
    },
)
HORIZON = enumeration(
    "horizon",
    ("now", "next", "later", "done", "stopped"),
    {
        "now": "current doing in-progress in-development",
        "next": "planned soon upcoming",
        "later": "future someday",
        "done": "complete completed delivered finished launched shipped",
        "stopped": "cancelled canceled abandoned dropped",
    },
)
PHASE = enumeration(
    "phase",
    ("idea", "discovery", "pilot", "rollout", "live", "retired"),
    {
        "idea": "proposed concept",
        "discovery": "exploring research analysis alpha",
        "pilot": "in-development development build building trial beta",
        "rollout": "roll-out rolling-out deployment",
        "live": "launched released in-use operation production",
        "retired": "decommissioned",
    },
)
CONFIDENCE = enumeration(
    "confidence", ("high", "medium", "low"), {"high": "h", "medium": "med m", "low": "l"}
)
CADENCE = enumeration(
    "cadence",
    ("weekly", "fortnightly", "monthly", "quarterly"),
    {"fortnightly": "biweekly bi-weekly every-two-weeks", "quarterly": "every-quarter"},
)
IMPORTANCE = enumeration(
    "importance",
    ("normal", "major", "urgent"),
    {"normal": "medium minor low", "major": "high important"},
)
STAGE = enumeration(
    "stage",
    ("planned", "claimed", "measured", "confirmed"),
    {"planned": "expected estimated", "claimed": "reported", "confirmed": "verified signed-off"},
)
BENEFIT_KIND = enumeration(
    "benefit kind",
    ("cash-saving", "cost-avoided", "time", "quality", "risk", "compliance", "revenue"),
    {
        "cash-saving": "cash-savings saving savings cashable",
        "cost-avoided": "cost-avoidance avoided-cost",
        "time": "time-saved hours",
        "risk": "risk-reduction",
    },
)
SIDE = enumeration("side", ("it", "business"), {"business": "biz"})
COST_CLASS = enumeration(
    "cost class", ("run", "grow", "transform"), {"transform": "transformation", "grow": "growth"}
)

NOTICE_TYPE = enumeration(
    "notice type",
    ("maintenance", "change", "incident", "security", "retirement", "freeze"),
    {
        "maintenance": "planned-maintenance planned-work patching",
        "change": "release upgrade migration go-live launch",
        "incident": "outage fault disruption failure major-incident",
        "security": "phishing security-alert security-warning",
        "retirement": "decommissioning end-of-life switch-off sunset",
        "freeze": "change-freeze code-freeze",
    },
)
IMPACT_LEVEL = enumeration(
    "impact level",
    ("none", "at-risk", "degraded", "outage"),
    {
        "none": "no-impact no nothing",
        "at-risk": "risk possible",
        "degraded": "slow reduced partial partial-outage",
        "outage": "down unavailable full full-outage stopped",
    },
)
CERTAINTY = enumeration(
    "certainty",
    ("tentative", "confirmed", "cancelled"),
    {
        "tentative": "provisional planned unconfirmed tbc",
        "confirmed": "certain fixed final",
        "cancelled": "canceled called-off withdrawn",
    },
)
TIMELINE_STATE = enumeration(
    "state",
    ("investigating", "identified", "monitoring", "resolved"),
    {
        "investigating": "open reported looking looking-into-it",
        "identified": "found known cause-found fixing",
        "monitoring": "watching mitigated observing",
        "resolved": "fixed solved closed done restored",
    },
)
NOTICE_STATE = enumeration(
    "notice state",
    (
        "scheduled",
        "in-progress",
        "completed",
        "resolved",
        "cancelled",
        "tentative",
        "superseded",
    ),
)
"""What the views find a notice to be; no field holds it."""
CHANGE = enumeration("change", ("cancelled", "rescheduled", "resolved", "answered"))
"""The changes of a state that feeds tell of; no field holds it."""
SOURCE = enumeration(
    "source",
    ("meeting", "form", "survey", "ticket", "mail"),
    {
        "meeting": "conversation talk workshop",
        "form": "web-form feedback-form",
        "survey": "questionnaire poll",
        "ticket": "help-desk service-desk incident request",
        "mail": "email e-mail letter",
    },
)
NEED_TYPE = enumeration(
    "type of need",
    ("product", "service", "data", "cost", "mobile", "efficiency", "other"),
    {
        "product": "feature function tool",
        "service": "support help",
        "data": "report reports reporting figures information",
        "cost": "costs price money",
        "mobile": "phone on-the-go",
        "efficiency": "time process speed automation",
        "other": "misc else",
    },
)
ASK_STATE = enumeration(
    "state",
    ("heard", "looking", "planned", "doing", "done", "not-now", "declined"),
    {
        "heard": "new open received",
        "looking": "looking-into-it reviewing under-review considering investigating",
        "planned": "accepted agreed scheduled approved",
        "doing": "in-progress started under-way building",
        "done": "complete completed delivered closed finished",
        "not-now": "later deferred postponed parked on-hold",
        "declined": "no rejected refused wont-do won't-do",
    },
)
CONSULTATION_STATE = enumeration("consultation state", ("coming", "open", "closed"))
"""What the views find a consultation to be; no field holds it."""
LIFECYCLE = enumeration(
    "lifecycle",
    ("planned", "live", "retiring", "retired"),
    {
        "planned": "coming pilot beta",
        "live": "active in-use operational production",
        "retiring": "deprecated phasing-out sunset end-of-life",
        "retired": "decommissioned ended off switched-off",
    },
)

ENUMERATIONS: Mapping[str, Enumeration] = MappingProxyType(
    {
        "status": STATUS,
        "horizon": HORIZON,
        "phase": PHASE,
        "confidence": CONFIDENCE,
        "cadence": CADENCE,
        "importance": IMPORTANCE,
        "stage": STAGE,
        "benefit": BENEFIT_KIND,
        "side": SIDE,
        "cost": COST_CLASS,
        "notice": NOTICE_STATE,
        "notice_type": NOTICE_TYPE,
        "impact_level": IMPACT_LEVEL,
        "certainty": CERTAINTY,
        "change": CHANGE,
        "timeline": TIMELINE_STATE,
        "ask": ASK_STATE,
        "need_type": NEED_TYPE,
        "source": SOURCE,
        "consultation": CONSULTATION_STATE,
        "lifecycle": LIFECYCLE,
    }
)

LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: enumeration.labels for name, enumeration in ENUMERATIONS.items()}
    | {"side": MappingProxyType({"it": "IT", "business": "Business"})}
    | {"impact_level": MappingProxyType({**IMPACT_LEVEL.labels, "none": "Nothing to notice"})}
    | {"notice": MappingProxyType({**NOTICE_STATE.labels, "superseded": "Replaced"})}
)
"""Enumeration -> word -> how it is printed: `LABELS["status"]["on-track"]` is `On track`. Settings may differ."""
