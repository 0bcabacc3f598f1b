"""Pages: what a template is given, and what becomes of an error inside one."""

from typing import NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from itnews.app.channels import SITE, Group
from itnews.app.rules import text_setting, zone_of
from itnews.app.tasks.bodies import filled
from itnews.app.tasks.fields import files_named
from itnews.app.tasks.reader import SiteReader
from itnews.app.tasks.references import asset_url, base_of, field_span, group_title
from itnews.app.tasks.templates import template_names
from itnews.emit.media import media_type
from itnews.engine.key import Answer, Fetch, Key
from itnews.errors import CycleError
from itnews.files.output import Output
from itnews.model.article import Card, Gist, Link, Shell, Teaser, declared
from itnews.model.keys import body_key, card_key, dates_key, file_key, gist_key, source_key
from itnews.model.kinds import Kind
from itnews.model.moment import Moment
from itnews.paths import SourcePath, UrlPath, source_path, url_path
from itnews.problems import Problem, Span, error
from itnews.site.keys import (
    excerpt_key,
    namesake_key,
    neighbours_key,
    references_key,
    teaser_key,
)
from itnews.site.urls import address, feed_beside, sheet_address
from itnews.theme.closure import FOLDER, template_missing
from itnews.theme.environment import TemplateFault, render
from itnews.theme.keys import (
    PLAIN,
    embed_of,
    environment_key,
    offered_key,
    shell_key,
    template_key,
)
from itnews.theme.pin import pinned
from itnews.theme.reader import DocumentPage, FeedLink, Page
from itnews.theme.slot import BodySlot
from itnews.views.keys import embed_view_key

HTML = "text/html"

Outputs = tuple[Output, ...]


class Rendered(NamedTuple):
    """What a template made; empty if there is an error in it. *keep*: it may be remembered."""

    text: str
    problems: tuple[Problem, ...] = ()
    keep: bool = True


def page(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """The page of a document, and the files beside the document that it uses."""
    path = source_path(key.name)
    shell = fetch(shell_key(path, key.variant))
    body = fetch(body_key(path, key.variant))
    if shell is None:
        return Answer(())
    text = filled(path, key.variant, fetch).join(shell.parts)
    beside = dict.fromkeys((*shell.beside, *body.assets))
    copies = (_copy(file, fetch) for file in beside)
    return Answer((_html(shell.url, text, path), *(copy for copy in copies if copy)))


def sheet(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """A project on one sheet: its fields and its standing, without its body."""
    path = source_path(key.name)
    card = fetch(card_key(path))
    if card is None:
        return Answer(())
    without_body = Gist(filled=False, outline=(), reading_minutes=0)
    whole = _document_page(card, without_body, key.variant, fetch)
    trail = (*whole.breadcrumbs, Link(card.title, whole.url))
    view = replace(whole, url=sheet_address(card), breadcrumbs=trail)
    return written("sheet.html", view, path, key.variant, fetch)


def _copy(path: SourcePath, fetch: Fetch) -> Output | None:
    """A file of `content/`, under its fingerprinted address."""
    url = asset_url(path, fetch)
    file = fetch(file_key(path)) if url else None
    return Output(url, media_type(path.name), file, path) if url and file else None


def shell(key: Key[Shell | None], fetch: Fetch) -> Answer[Shell | None]:
    """All of a document's page that its template makes."""
    path = source_path(key.name)
    card = fetch(card_key(path))
    if card is None:
        return Answer(None)
    fetch(references_key(path, key.variant))
    template, problems = _template(card, fetch)
    parts, made = _parts(card, template, key.variant, fetch)
    if not parts:
        return Answer(None, (*problems, *made.problems), keep=made.keep)
    return Answer(Shell(address(card), parts, files_named(card, fetch)), problems)


def _parts(
    card: Card, template: str, variant: str, fetch: Fetch
) -> tuple[tuple[str, ...], Rendered]:
    """The page in *template*, cut where its body belongs; in one piece if the template did more than print it."""

    def body() -> Markup:
        return Markup(filled(card.path, variant, fetch))

    gist = fetch(gist_key(card.path, variant))
    slot = BodySlot(body, filled=gist.filled)
    view = _document_page(card, gist, variant, fetch)
    made = rendered(template, replace(view, html=slot), variant, fetch, owner=card.path)
    parts = slot.cut(made.text)
    if parts is None:
        made = rendered(template, replace(view, html=body()), variant, fetch, owner=card.path)
        parts = (made.text,)
    return (parts if made.text else ()), made


def _template(card: Card, fetch: Fetch) -> tuple[str, tuple[Problem, ...]]:
    """The template that the document asks for, else that of its kind; and a problem if the asked one is not there."""
    usual = _usual_template(card.definition, fetch)
    asked = declared(card.fields, "template", "")
    if not asked:
        return usual, ()
    name = f"{asked.removesuffix('.html')}.html"
    if chosen_template((name, usual), fetch) == name:
        return name, ()
    at = field_span(card.path, ("template",), fetch)
    return usual, (template_missing(at, [name], template_names(fetch)),)


def _usual_template(kind: Kind, fetch: Fetch) -> str:
    """The template of a kind; for one of the site's own any theme's, else the one for all of these."""
    if not kind.definition:
        return f"{kind.name}.html"
    return chosen_template((f"{kind.template or kind.name}.html", "custom.html"), fetch)


def _document_page(card: Card, gist: Gist, variant: str, fetch: Fetch) -> DocumentPage:
    """What the template is given, but for the body."""
    newer, older = fetch(neighbours_key(card.path, variant))
    url = address(card)
    return DocumentPage(
        url=url,
        title=card.title,
        summary=card.fields.summary or fetch(excerpt_key(card.path, variant)),
        section=section_of(url),
        breadcrumbs=_trail(card.definition, variant, fetch),
        feeds=feed_links(_group(card), card.title, url, variant, fetch),
        card=card,
        created=_created(card, fetch),
        updated=_updated(card, fetch),
        authors=_authors(card, variant, fetch),
        html=Markup(),
        outline=gist.outline,
        reading_minutes=gist.reading_minutes,
        newer=_teaser(newer, variant, fetch),
        older=_teaser(older, variant, fetch),
    )


def _updated(card: Card, fetch: Fetch) -> Moment | None:
    """The last change as the document states it, else the day of git's, if that is later than the document's own."""
    if card.fields.updated:
        return card.fields.updated
    dates = fetch(dates_key(card.path))
    if dates is None:
        return None
    zone = zone_of(fetch)
    day = dates.updated.day_in(zone)
    return None if card.date and day <= card.date.day_in(zone) else Moment(day.isoformat())


def _created(card: Card, fetch: Fetch) -> Moment | None:
    """The day on which git has an undated document first, if that is not the day of its last change, too."""
    dates = None if card.date else fetch(dates_key(card.path))
    if dates is None:
        return None
    zone = zone_of(fetch)
    day = dates.created.day_in(zone)
    return None if day == dates.updated.day_in(zone) else Moment(day.isoformat())


def _authors(card: Card, variant: str, fetch: Fetch) -> tuple[str, ...]:
    """As the document names them, else those who committed it and are people of the site: others are nobody here."""
    dates = None if card.fields.authors else fetch(dates_key(card.path))
    names = dates.authors if dates else ()
    ids = (fetch(namesake_key(name, variant)) for name in names)
    return card.fields.authors or tuple(dict.fromkeys(filter(None, ids)))


def written(
    template: str, view: Page, owner: SourcePath, variant: str, fetch: Fetch
) -> Answer[Outputs]:
    """The output of *view* in *template*; none, and a Problem, if there is an error inside the template."""
    made = rendered(template, view, variant, fetch, owner=owner)
    outputs = (_html(view.url, made.text, owner),) if made.text else ()
    return Answer(outputs, made.problems, keep=made.keep)


def rendered(
    template: str, view: Page, variant: str, fetch: Fetch, *, owner: SourcePath
) -> Rendered:
    """*view* in *template*; empty, and a Problem, if there is an error inside the template."""
    return _rendered(template, variant, fetch, found_for=str(owner), page=view)


def _rendered(
    template: str, variant: str, fetch: Fetch, *, found_for: str, **variables: object
) -> Rendered:
    if fetch(template_key(template)) is None:
        return Rendered("")
    site = SiteReader(fetch, variant)
    try:
        return Rendered(render(fetch(environment_key()), template, site=site, **variables))
    except TemplateFault as fault:
        problem = _placed(fault, found_for, fetch)
        return Rendered("", (problem,), keep=not fault.is_passing)
    except CycleError:
        return Rendered("", (_endless(template),))


def _html(url: UrlPath, text: str, owner: SourcePath) -> Output:
    return Output(url, HTML, text.encode("utf-8", "replace"), owner)


def fragment(key: Key[Markup], fetch: Fetch) -> Answer[Markup]:
    """A partial rendered once for all pages that give it the same argument."""
    template, _, argument = key.name.partition(" ")
    made = _rendered(template, key.variant, fetch, found_for="", argument=argument)
    return Answer(Markup(made.text), made.problems, keep=made.keep)


def embed(key: Key[Markup], fetch: Fetch) -> Answer[Markup]:
    """A view inside a page, or in its plain form."""
    form, specification = embed_of(key)
    view = fetch(embed_view_key(specification, key.variant))
    template = f"embeds/{PLAIN if form == PLAIN else specification.view}.html"
    level = 0 if form == PLAIN else int(form)
    made = _rendered(template, key.variant, fetch, found_for="", embed=view, level=level)
    return Answer(Markup(made.text), made.problems, keep=made.keep)


def _placed(fault: TemplateFault, document: str, fetch: Fetch) -> Problem:
    """*fault*, found while *document* was rendered, at its place in the template."""
    return pinned(fault.problem(document), fetch(source_key(source_path(fault.name))))


def chosen_template(names: tuple[str, ...], fetch: Fetch) -> str:
    """The first of *names* that a theme of the chain has; the last one if none is there."""
    return next((name for name in names[:-1] if fetch(offered_key(name))), names[-1])


def section_of(url: UrlPath) -> str:
    """The first part of an address, by which the navigation knows where a page belongs."""
    return url.split("/")[1]


def _trail(kind: Kind, variant: str, fetch: Fetch) -> tuple[Link, ...]:
    """The way from the front page to a document of *kind*."""
    home = Link(text_setting("site.title", fetch), url_path("/"))
    if not kind.list:
        return (home,)
    group = Group("kind", kind.name)
    return home, Link(group_title(group, variant, fetch), base_of(group, fetch))


def feed_links(
    group: Group | None, title: str, url: UrlPath, variant: str, fetch: Fetch
) -> tuple[FeedLink, ...]:
    """The site's feed, and before it that of *group*: beside its list, or for a group of a document beside *url*."""
    site = FeedLink(text_setting("site.title", fetch), feed_beside(base_of(SITE, fetch)))
    if group is None:
        return (site,)
    if group.of_document:
        return FeedLink(title, feed_beside(url)), site
    own = group_title(group, variant, fetch) if group.facet == "kind" else title
    return FeedLink(own, feed_beside(base_of(group, fetch))), site


def _group(card: Card) -> Group | None:
    """The group whose feed carries what the document is about."""
    own = Group(card.kind, card.id)
    if own.of_document:
        return own
    return Group("kind", card.kind) if card.definition.dated else None


def _teaser(path: SourcePath | None, variant: str, fetch: Fetch) -> Teaser | None:
    return fetch(teaser_key(path, variant)) if path else None


def _endless(template: str) -> Problem:
    at = Span(source_path(f"theme/{FOLDER}/{template}"))
    message = f"The fragment '{template}' asks for itself without end."
    return error(
        "template-cycle", at, message, hint="take the `site.fragment` that leads back out of it"
    )
