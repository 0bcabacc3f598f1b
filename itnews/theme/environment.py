"""A theme's templates, ready to be rendered; Jinja is loaded by the first that is."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from itnews.late import late
from itnews.theme.chain import Chain, Read
from itnews.theme.fault import TemplateFault
from itnews.theme.filters import Filter, SiteLocale, filters
from itnews.theme.reader import Reader

if TYPE_CHECKING:
    from itnews.theme import jinja
else:
    jinja = late("itnews.theme.jinja")

Around = Callable[[str], AbstractContextManager[object]]

__all__ = ["TemplateFault", "ThemeEnvironment", "environment", "render"]


class ThemeEnvironment:
    """The templates of *chain*, which *read* answers, with filters that speak the language of *locale*.

    Each template is rendered inside of what *around* returns for its name: somebody may want to know how long it takes.
    """

    def __init__(
        self, chain: Chain, read: Read, locale: SiteLocale, around: Around = nullcontext
    ) -> None:
        self._chain = chain
        self._read = read
        self._locale = locale
        self.around = around

    def watched(self, around: Around) -> "ThemeEnvironment":
        """The same templates, rendered inside of *around*."""
        return ThemeEnvironment(self._chain, self._read, self._locale, around)

    @cached_property
    def filters(self) -> Mapping[str, Filter]:
        """The filters that are ours, by name."""
        return filters(self._locale)

    @cached_property
    def jinja(self) -> "jinja.JinjaEnvironment":
        """Jinja's environment, in which templates are compiled."""
        return jinja.JinjaEnvironment(self._chain, self._read, self._locale, self.filters)


def environment(chain: Chain, read: Read, locale: SiteLocale) -> ThemeEnvironment:
    """The environment in which the templates of *chain* are rendered.

    It lives as long as what *read* answers stays the same, one build: a name that was asked once is not looked up
    again. What a page depends on is not recorded here but by `closure.template_closure`.
    """
    return ThemeEnvironment(chain, read, locale)


def render(
    environment: ThemeEnvironment, template: str, *, site: Reader, **variables: object
) -> str:
    """The text of *template* (`update.html`) with *site* and *variables* (`page`, or `argument` in a fragment).

    Raises TemplateFault for whatever goes wrong inside the template. Our own exceptions (a fault in a nested fragment,
    a failing disk) pass as they are.
    """
    with environment.around(template):
        return jinja.render(environment.jinja, template, site=site, **variables)
