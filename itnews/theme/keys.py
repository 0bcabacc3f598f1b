"""Factories of the keys whose answers are values of the theme."""

from collections.abc import Mapping

from markupsafe import Markup

from itnews.engine.key import Key
from itnews.model.article import Embed, Shell
from itnews.model.embed import Specification
from itnews.paths import SourcePath, UrlPath
from itnews.theme.chain import Chain
from itnews.theme.closure import Closure
from itnews.theme.environment import ThemeEnvironment


def chain_key() -> Key[Chain]:
    """The roots that answer the names of templates and assets, in order."""
    return Key("chain", "")


def environment_key() -> Key[ThemeEnvironment]:
    """The Jinja environment. Its digest covers language, zone and currency; templates are keys of their own."""
    return Key("environment", "")


def template_key(name: str) -> Key[Closure | None]:
    """A template with all that it extends, includes or imports, absent overrides included; None if it is broken."""
    return Key("template", name)


def offered_key(name: str) -> Key[bool]:
    """Whether a theme of the chain has a template of this name: pages take the first that is offered."""
    return Key("offered", name)


def fragment_key(template: str, argument: str, variant: str) -> Key[Markup]:
    """A partial that is the same for all pages that give it the same argument."""
    return Key("fragment", f"{template} {argument}", variant)


PLAIN = "plain"
"""The form of an embed in feeds and mails: links and words, nothing that needs a style sheet."""


def embed_key(embed: Embed, variant: str, *, plain: bool = False) -> Key[Markup]:
    """A view inside a page, rendered once for all pages that hold it below headings of the same level."""
    form = PLAIN if plain else str(embed.level)
    return Key("embed", f"{form} {embed.specification.name}", variant)


def embed_of(key: Key[Markup]) -> tuple[str, Specification]:
    """The form that *key* names (PLAIN, or the level of the first heading), and the view."""
    form, _, name = key.name.partition(" ")
    return form, Specification.of(name)


def assets_key() -> Key[Mapping[str, SourcePath]]:
    """The theme's assets: each name below `assets/` with the file that answers it."""
    return Key("assets", "")


def asset_key(name: str) -> Key[UrlPath | None]:
    """The fingerprinted address of a theme's asset; None if no theme has it."""
    return Key("asset", name)


def shell_key(path: SourcePath, variant: str) -> Key[Shell | None]:
    """A document's page without its body; None if it has no page, or there is an error inside its template."""
    return Key("shell", str(path), variant)
