"""Jinja, set up for themes: strict, escaping, without chance or clock, with errors that name template and line."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import date
from types import CodeType, TracebackType
from typing import NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
)

from itnews.errors import ItnewsError
from itnews.model.moment import Moment
from itnews.model.period import Period
from itnews.paths import source_path
from itnews.problems import Problem, Span, error
from itnews.theme.chain import Chain, Read
from itnews.theme.closure import FOLDER, find_template, parse_uses
from itnews.theme.filters import SiteLocale, filters
from itnews.theme.reader import Reader

_BY_CHANCE = ("random",)
_ROUND_THE_RULES = ("attr",)  # reaches the attributes that the closure refuses by name
_COMPILED: dict[tuple[SiteLocale, str, str], CodeType] = {}
_COMPILED_AT_MOST = 512  # a theme has fifty templates; a watched one goes through many versions
_PRINTABLE = (str, int, float, Moment, Period, date, Undefined)


class TemplateFault(ItnewsError):
    """An error inside a template: *name* its source path, *line* from 1 (0: the template as a whole), *reason*."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name = name
        self.line = line
        self.reason = reason

    def __reduce__(self) -> tuple[type["TemplateFault"], tuple[str, int, str]]:
        return type(self), (self.name, self.line, self.reason)

    def problem(self, document: str = "") -> Problem:
        """The fault as a Problem at its place in the template; *document* is what was being rendered."""
        hint = f"found while rendering {document}" if document else ""
        return error(
            "template-fault", Span(source_path(self.name), self.line), self.reason, hint=hint
        )


class ThemeEnvironment(Environment):
    """A Jinja environment whose names are those of a theme chain. Templates are known by their source paths."""

    def __init__(self, chain: Chain, read: Read, locale: SiteLocale) -> None:
        super().__init__(
            loader=_SourceLoader(read),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printable,
            auto_reload=False,
        )
        self.chain = chain
        self.read = read
        self.locale = locale
        self._paths: dict[tuple[str, str], str] = {}
        self.filters.update(filters(locale))
        for name in (*_BY_CHANCE, *_ROUND_THE_RULES):
            del self.filters[name]
        del self.globals["lipsum"]  # random, too

    def join_path(self, template: str, parent: str) -> str:
        """The path that the name *template* means in the template *parent*; Jinja asks this for every name."""
        asked = template, parent
        path = self._paths.get(asked)
        if path is None:
            path = find_template(self.chain, template, self.read, user=parent) or template
            self._paths[asked] = path
        return path


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
    path = environment.join_path(template, "")
    if path == template:
        raise TemplateFault(f"theme/{FOLDER}/{template}", 0, "No theme has this template.")
    try:
        return environment.get_template(path).render(site=site, **variables)
    except TemplateNotFound as fault:  # is an OSError, too
        _raise_fault(environment.chain, path, fault)
    except (ItnewsError, MemoryError, OSError):
        raise
    except Exception as fault:  # noqa: BLE001 - a template can raise anything, and a theme author has to be told where
        _raise_fault(environment.chain, path, fault)


class _SourceLoader(BaseLoader):
    """Loads templates from *read*; a text that was compiled once in this process is not compiled again."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,
    ) -> Template:
        text, filename, unchanged = self.get_source(environment, name)
        assert isinstance(environment, ThemeEnvironment)
        # The locale counts: Jinja folds constants, and a filter on a constant speaks its language.
        key = (environment.locale, name, text)
        code = _COMPILED.get(key)
        if code is None:
            if len(_COMPILED) >= _COMPILED_AT_MOST:
                _COMPILED.clear()
            code = _COMPILED[key] = environment.compile(text, name, filename)
        return Template.from_code(environment, code, dict(globals or {}), unchanged)

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        payload = self._read(template)
        if payload is None:
            raise TemplateNotFound(template)
        text = _decoded(template, payload)
        for refusal in parse_uses(text).refused:
            raise TemplateSyntaxError(refusal.message, refusal.line, template)
        return text, template, lambda: self._read(template) == payload


def _decoded(template: str, payload: bytes) -> str:
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = payload[: fault.start].count(b"\n") + 1
        raise TemplateSyntaxError("This template is not UTF-8 text.", line, template) from None


def _printable(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, _PRINTABLE):
        return value
    kind = "a method without its ()" if callable(value) else f"a {type(value).__name__}"
    raise TemplateRuntimeError(f"This prints {kind}, which is no text, number or date.")


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    line: int


def _raise_fault(chain: Chain, path: str, fault: Exception) -> NoReturn:
    place = _place(chain, fault.__traceback__) or _Place(path, 0)
    if isinstance(fault, TemplateSyntaxError):
        place = _Place(fault.name or place.name, fault.lineno)
    raise TemplateFault(place.name, place.line, _reason(fault)) from fault


def _place(chain: Chain, trace: TracebackType | None) -> _Place | None:
    """The innermost template of *trace*: Jinja rewrites its frames to carry the template's name and line."""
    prefixes = tuple(f"{root}/{FOLDER}/" for root in chain.roots)
    found = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(prefixes):
            found = _Place(name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _reason(fault: Exception) -> str:
    if isinstance(fault, TemplateNotFound):
        return f"No theme has a template '{fault.name}'."
    if isinstance(fault, TemplateError):
        return fault.message or type(fault).__name__
    if isinstance(fault, RecursionError):
        return "Templates or macros call one another without end."
    return f"{type(fault).__name__}: {fault}"
