"""The pipeline: the one place where keys meet tasks.

The order is that of a document's life, for readers; `fetch` makes what is asked for, in whatever order.
"""

from typing import TypeVar, cast

from itnews.app.codecs import CardCodec, IndexCodec, Structure, Typed
from itnews.app.tasks import (
    documents,
    feeds,
    fields,
    files,
    lists,
    pages,
    plan,
    schedule,
    settings,
    site,
    templates,
    views,
)
from itnews.engine.key import Task
from itnews.engine.phase import Codec, Phase
from itnews.files.output import Output, Placed
from itnews.model.article import Body, Document
from itnews.site.schedule import Change

PLACED = Typed[tuple[Placed, ...]](tuple[Placed, ...])
T = TypeVar("T")


def _derived(kind: str, task: Task[T], codec: Codec[T] | None = None) -> Phase[object]:
    """Answers that are made again when somebody needs them; only their digest is kept."""
    return cast("Phase[object]", Phase(kind, task, codec or Structure[T]()))


def _kept(kind: str, task: Task[T], codec: Codec[T], *, held: bool = True) -> Phase[object]:
    """Answers that are dear to make, and kept in the store; *held*: in memory, too, for the whole run."""
    return cast("Phase[object]", Phase(kind, task, codec, stored=True, held=held))


def _delivered(kind: str, task: Task[tuple[Output, ...]]) -> Phase[object]:
    """Outputs: the run hands them to the tree, and keeps where they were placed."""
    plain = cast("Task[object]", task)
    return Phase(kind, plain, cast("Codec[object]", PLACED), delivers=True)


PHASES: tuple[Phase[object], ...] = (
    _kept("card", documents.card, CardCodec()),
    _derived("entry", documents.entry, CardCodec()),
    _derived("catalogue", site.catalogue),
    _derived("index", site.index, IndexCodec()),
    _derived("view", views.view),
    _derived("query", site.query),
    _derived("sequence", site.sequence),
    _derived("assets", files.assets),
    _derived("asset", files.asset),
    _derived("template", templates.template),
    _derived("routes", plan.routes),
    _derived("place", site.place),
    _derived("party", site.party),
    _derived("settings-check", settings.check_settings),
    _kept("plan", plan.plan, Typed[tuple[str, ...]](tuple[str, ...])),
    _kept("schedule", schedule.schedule, Typed[tuple[Change, ...]](tuple[Change, ...])),
    _derived("prose", documents.prose),
    _kept("document", documents.document, Typed[Document | None](Document | None), held=False),
    _derived("anchors", documents.anchors),
    _derived("references", fields.check_references),
    _kept("body", documents.body, Typed[Body](Body), held=False),
    _kept("excerpt", documents.excerpt, Typed[str](str)),
    _derived("teaser", site.teaser),
    _derived("neighbours", site.neighbours),
    _derived("fragment", pages.fragment),
    _delivered("asset-file", files.asset_file),
    _delivered("tokens", files.tokens),
    _delivered("static", files.static),
    _delivered("page", pages.page),
    _delivered("alias", files.alias),
    _delivered("list", lists.listing),
    _delivered("front", lists.front),
    _delivered("feed", feeds.feed),
    _delivered("sitemap", files.sitemap),
    _delivered("robots", files.robots),
)
"""Inputs (sources, settings, clock) are not here: the border answers them (`app.inputs`)."""
