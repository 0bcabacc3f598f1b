"""Files: the theme's assets, what lies in static/, redirects, sitemap and robots.txt."""

from collections.abc import Mapping

from msgspec.structs import replace

from itnews.app.rules import text_setting
from itnews.app.tasks.pages import Outputs, section_of, written
from itnews.app.tasks.plan import SETTINGS
from itnews.app.tasks.settings import setting_place
from itnews.emit.assets import asset_problems, fingerprinted, published
from itnews.emit.media import media_type
from itnews.emit.robots import MEDIA_TYPE as TEXT
from itnews.emit.robots import robots as robots_bytes
from itnews.emit.sitemap import MEDIA_TYPE as XML
from itnews.emit.sitemap import Address, sitemap_files
from itnews.engine.key import Answer, Fetch, Key
from itnews.files.output import Output
from itnews.model.keys import card_key, edition_key, file_key, listing_key, source_key
from itnews.paths import SourcePath, UrlPath, source_path, url_path
from itnews.site.keys import index_key, place_key, routes_key
from itnews.site.urls import ASSETS, absolute, address
from itnews.theme.keys import assets_key, chain_key
from itnews.theme.reader import AliasPage
from itnews.theme.tokens import tokens as tokens_sheet

ASSETS_FOLDER = "assets"
TOKENS = url_path("/assets/tokens.css")

Assets = Mapping[str, SourcePath]


def assets(key: Key[Assets], fetch: Fetch) -> Answer[Assets]:
    """The theme's assets: each name with the first file of the chain that bears it."""
    chain = fetch(chain_key())
    listed = [
        path for root in chain.roots for path in fetch(listing_key(f"{root}/{ASSETS_FOLDER}"))
    ]
    return Answer(chain.layered(listed, ASSETS_FOLDER))


def asset(key: Key[UrlPath | None], fetch: Fetch) -> Answer[UrlPath | None]:
    """The fingerprinted address of an asset; None for one that no theme has."""
    read = _Reads(fetch)
    if read.path(key.name) is None:
        return Answer(None)
    return Answer(url_path(ASSETS + fingerprinted(key.name, read)))


def asset_file(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """An asset under its fingerprinted name."""
    read = _Reads(fetch)
    path = read.path(key.name)
    if path is None:
        return Answer(())
    url = url_path(ASSETS + fingerprinted(key.name, read))
    output = Output(url, media_type(key.name), published(key.name, read), path)
    return Answer((output,), asset_problems(key.name, path, read))


class _Reads:
    """Answers an asset's name with its bytes, by fetching."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def __call__(self, name: str) -> bytes | None:
        path = self.path(name)
        return self._fetch(source_key(path)) if path else None

    def path(self, name: str) -> SourcePath | None:
        return self._fetch(assets_key()).get(name)


def tokens(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """The generated style sheet with the accent and its tints."""
    sheet, problems = tokens_sheet(text_setting("theme.accent", fetch))
    placed = [replace(one, at=setting_place(("theme", "accent"), fetch)) for one in problems]
    return Answer((Output(TOKENS, "text/css", sheet, SETTINGS),), tuple(placed))


def static(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """A file of `static/`, copied to the root as it is."""
    path = source_path(key.name)
    file = fetch(file_key(path))
    if file is None:
        return Answer(())
    url = url_path(str(path.relative_to("static")))
    return Answer((Output(url, media_type(path.name), file, path),))


def alias(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """The page at a former address, which leads to the present one."""
    url = UrlPath(key.name)
    owner = fetch(place_key(f"url:{url}", key.variant)).document
    card = fetch(card_key(owner)) if owner else None
    if card is None:
        return Answer(())
    view = AliasPage(
        url=url,
        title=card.title,
        summary="",
        section=section_of(url),
        breadcrumbs=(),
        feeds=(),
        target=address(card),
    )
    return written("alias.html", view, card.path, key.variant, fetch)


def sitemap(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    """Every page that readers are meant to find; aliases and the page for what is not found are left out."""
    edition = fetch(edition_key(key.variant))
    index = fetch(index_key(key.variant))
    entries = []
    for url, claim in fetch(routes_key(key.variant)).owners.items():
        if not url.endswith("/") or claim.what == "an alias":
            continue
        card = index.cards.get(claim.owner) if claim.of_document else None
        changed = (card.fields.updated or card.date) if card else None
        modified = changed.start(index.calendar.zone) if changed else None
        entries.append(Address(absolute(url, edition), modified))
    files = sitemap_files(entries, absolute=lambda url: absolute(url, edition))
    return Answer(tuple(Output(url, XML, payload, SETTINGS) for url, payload in files))


def robots(key: Key[Outputs], fetch: Fetch) -> Answer[Outputs]:
    edition = fetch(edition_key(key.variant))
    payload = robots_bytes(absolute("/sitemap.xml", edition))
    return Answer((Output(url_path("/robots.txt"), TEXT, payload, SETTINGS),))
