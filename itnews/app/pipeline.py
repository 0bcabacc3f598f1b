"""The pipeline: the one place where keys meet tasks. Phases are batched in this order; `fetch` makes what is needed."""

from typing import cast

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
    site,
    templates,
    views,
)
from itnews.engine.key import Task
from itnews.engine.phase import Codec, Phase
from itnews.files.output import Placed
from itnews.model.article import Body, Document
from itnews.site.schedule import Change

PLACED = Typed[tuple[Placed, ...]](tuple[Placed, ...])
_STRUCTURE = Structure()


def _phase(
    kind: str,
    task: object,
    codec: object = _STRUCTURE,
    *,
    stored: bool = False,
    held: bool = True,
    delivers: bool = False,
) -> Phase[object]:
    """A phase of any answer: the table cannot say that each task and codec agree; the tasks' own types do."""
    return Phase(
        kind,
        cast("Task[object]", task),
        cast("Codec[object]", codec),
        stored=stored,
        held=held,
        delivers=delivers,
    )


PHASES: tuple[Phase[object], ...] = (
    _phase("card", documents.card, CardCodec(), stored=True),
    _phase("catalogue", site.catalogue),
    _phase("index", site.index, IndexCodec()),
    _phase("view", views.view),
    _phase("query", site.query),
    _phase("sequence", site.sequence),
    _phase("assets", files.assets),
    _phase("routes", plan.routes),
    _phase("plan", plan.plan, Typed[tuple[str, ...]](tuple[str, ...]), stored=True),
    _phase(
        "schedule", schedule.schedule, Typed[tuple[Change, ...]](tuple[Change, ...]), stored=True
    ),
    _phase("place", site.place),
    _phase(
        "document",
        documents.document,
        Typed[Document | None](Document | None),
        stored=True,
        held=False,
    ),
    _phase("anchors", documents.anchors),
    _phase("references", fields.check_references),
    _phase("body", documents.body, Typed[Body](Body), stored=True, held=False),
    _phase("excerpt", documents.excerpt, Typed[str](str), stored=True),
    _phase("teaser", site.teaser),
    _phase("party", site.party),
    _phase("neighbours", site.neighbours),
    _phase("template", templates.template),
    _phase("asset", files.asset),
    _phase("fragment", pages.fragment),
    _phase("asset-file", files.asset_file, PLACED, delivers=True),
    _phase("tokens", files.tokens, PLACED, delivers=True),
    _phase("static", files.static, PLACED, delivers=True),
    _phase("page", pages.page, PLACED, delivers=True),
    _phase("alias", files.alias, PLACED, delivers=True),
    _phase("list", lists.listing, PLACED, delivers=True),
    _phase("front", lists.front, PLACED, delivers=True),
    _phase("feed", feeds.feed, PLACED, delivers=True),
    _phase("sitemap", files.sitemap, PLACED, delivers=True),
    _phase("robots", files.robots, PLACED, delivers=True),
)
"""Inputs (sources, settings, clock) are not here: the border answers them (`app.inputs`)."""
