"""The pipeline: the one place where keys meet tasks.

`fetch` makes what is asked for, in whatever order; a run that catches up goes by the order of the phases.
"""

from typing import TYPE_CHECKING, TypeVar, cast

from itnews.app.codecs import (
    CardCodec,
    ChangesCodec,
    IndexCodec,
    MarkupCodec,
    ShellCodec,
    Structure,
    ViewCodec,
)
from itnews.app.tasks import (
    documents,
    feeds,
    fields,
    files,
    glossary,
    lists,
    pages,
    pictures,
    plan,
    schedule,
    settings,
    site,
    templates,
)
from itnews.app.tasks.pages import Outputs
from itnews.codec import Typed
from itnews.emit.picture import PictureFault
from itnews.engine.key import Answer, Fetch, Key, Task
from itnews.engine.phase import Codec, Phase
from itnews.files.output import Output, Placed
from itnews.late import late
from itnews.model.article import Body, Document
from itnews.model.glossary import Gloss
from itnews.paths import SourcePath, UrlPath
from itnews.site.coming import Coming
from itnews.site.keys import Neighbours
from itnews.site.links import Place
from itnews.site.urls import Claim
from itnews.theme.closure import Closure

if TYPE_CHECKING:
    from itnews.app.tasks import policy, views
    from itnews.views.values import StateChange
else:
    views = late("itnews.app.tasks.views")  # most edits ask for none of them
    policy = late("itnews.app.tasks.policy")  # no build does

T = TypeVar("T")


def _view(key: Key[object], fetch: Fetch) -> Answer[object]:
    return views.view(key, fetch)


def _policy(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    return policy.policy(key, fetch)


def _check_plan(key: Key[tuple[str, ...]], fetch: Fetch) -> Answer[tuple[str, ...]]:
    return policy.check_plan(key, fetch)


def _changes(
    key: "Key[tuple[StateChange, ...]]", fetch: Fetch
) -> "Answer[tuple[StateChange, ...]]":
    return views.changes(key, fetch)


def _derived(
    kind: str,
    task: Task[T],
    codec: Codec[T] | None = None,
    *,
    held: bool = True,
    shared: bool = False,
) -> Phase[object]:
    """Answers that are made again when somebody needs them; only their digest is kept."""
    made = Phase(kind, task, codec or Structure[T](), held=held, shared=shared)
    return cast("Phase[object]", made)


def _kept(
    kind: str, task: Task[T], codec: Codec[T], *, held: bool = True, shared: bool = False
) -> Phase[object]:
    """Answers that are dear to make, and kept in the store; *held*: in memory, too, for the whole run."""
    return cast("Phase[object]", Phase(kind, task, codec, stored=True, held=held, shared=shared))


def _delivered(kind: str, task: Task[tuple[Output, ...]], *, shared: bool = False) -> Phase[object]:
    """Outputs: the run hands them to the tree, and keeps where they were placed."""
    plain, places = cast("Task[object]", task), cast("Codec[object]", Structure[Placed]())
    return Phase(kind, plain, places, held=False, delivers=True, shared=shared)


PHASES: tuple[Phase[object], ...] = (
    _derived("matter", documents.matter, held=False, shared=True),
    _kept("card", documents.card, CardCodec(), held=False, shared=True),
    _derived("entry", documents.entry, CardCodec(), shared=True),
    _derived("catalogue", site.catalogue, shared=True),
    _derived("standing", site.standing),
    _derived("index", site.index, IndexCodec()),
    _kept("bearer", site.bearer, Typed[SourcePath | None](SourcePath | None)),
    _kept("namesake", site.namesake, Typed[str](str)),
    _kept("view", _view, ViewCodec()),
    _kept("changes", _changes, ChangesCodec()),
    _kept("query", site.query, Typed[tuple[SourcePath, ...]](tuple[SourcePath, ...])),
    _derived("sequence", site.sequence),
    _kept("neighbours", site.neighbours, Typed[Neighbours](Neighbours), held=False),
    _derived("assets", files.assets, shared=True),
    _kept("asset", files.asset, Typed[UrlPath | None](UrlPath | None), shared=True),
    _kept("template", templates.template, Typed[Closure | None](Closure | None), shared=True),
    _kept("offered", templates.offered, Typed[bool](bool), shared=True),
    _derived("routes", plan.routes),
    _kept("claim", site.claim, Typed[Claim | None](Claim | None), held=False),
    _kept("place", site.place, Typed[Place](Place), held=False),
    _derived("party", site.party),
    _derived("settings-check", settings.check_settings),
    _kept("plan", plan.plan, Typed[tuple[str, ...]](tuple[str, ...])),
    _kept("schedule", schedule.schedule, Typed[tuple[Coming, ...]](tuple[Coming, ...])),
    _derived("prose", documents.prose, held=False, shared=True),
    _kept(
        "document",
        documents.document,
        Typed[Document | None](Document | None),
        held=False,
        shared=True,
    ),
    _derived("anchors", documents.anchors, held=False, shared=True),
    _kept(
        "picture",
        pictures.picture,
        Typed[PictureFault | None](PictureFault | None),
        shared=True,
    ),
    _derived("references", fields.check_references, held=False),
    _kept("body", documents.body, Typed[Body](Body), held=False),
    _kept("glossary", glossary.glossary, Typed[tuple[Gloss, ...]](tuple[Gloss, ...])),
    _kept("glossed", glossary.glossed, Typed[bool](bool)),
    _derived("terms", glossary.terms, held=False),
    _derived("gist", documents.gist, held=False),
    _kept("excerpt", documents.excerpt, Typed[str](str), held=False),
    _derived("teaser", site.teaser, held=False),
    _kept("fragment", pages.fragment, MarkupCodec()),
    _kept("embed", pages.embed, MarkupCodec()),
    _kept("shell", pages.shell, ShellCodec(), held=False),
    _delivered("asset-file", files.asset_file, shared=True),
    _delivered("tokens", files.tokens, shared=True),
    _delivered("static", files.static, shared=True),
    _delivered("page", pages.page),
    _delivered("sheet", pages.sheet),
    _delivered("alias", files.alias),
    _delivered("list", lists.listing),
    _delivered("front", lists.front),
    _delivered("feed", feeds.feed),
    _delivered("sitemap", files.sitemap),
    _delivered("robots", files.robots),
    # These two only a check asks for.
    _kept("check-plan", _check_plan, Typed[tuple[str, ...]](tuple[str, ...])),
    _delivered("policy", _policy),
)
"""In an order in which no phase reads a later one; a fragment may read a fragment. Inputs (sources, settings, the
clock) are not here: the border answers them (`app.inputs`)."""
