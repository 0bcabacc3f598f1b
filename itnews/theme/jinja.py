"""Jinja, set up for themes: strict, escaping, without chance or clock, with errors that name template and line.

Loaded by the first template that is rendered (`environment`).
"""

import operator
import re
from collections.abc import Mapping, MutableMapping, Set
from types import CodeType, TracebackType
from typing import NoReturn

from jinja2 import (
    BaseLoader,
    Environment,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join, str_join
from msgspec import Struct

from itnews.errors import ItnewsError
from itnews.theme import bytecode
from itnews.theme.allowance import (
    TRIES,
    Allowance,
    TooMuchError,
    bounded_power,
    bounded_product,
    bounded_range,
    bounded_sum,
    check_format,
    check_length,
)
from itnews.theme.chain import Chain, Read
from itnews.theme.closure import FOLDER, find_template
from itnews.theme.compiler import CheckingGenerator
from itnews.theme.fault import FaultCode, TemplateFault
from itnews.theme.filters import Filter, SiteLocale
from itnews.theme.guard import check_asked, check_formatted, printable
from itnews.theme.reader import Reader
from itnews.theme.slot import BodySlot
from itnews.theme.texts import same_as, text_filters
from itnews.theme.unknown import Unknown, UnknownName
from itnews.theme.uses import drop_tree, names_set, parse_uses, take_tree
from itnews.words import did_you_mean

_NO_FILTERS = ("random", "attr", "pprint")  # by chance; round the rules; prints anything
_NO_GLOBALS = (
    "lipsum",
    "cycler",
    "joiner",
)  # by chance; what they tell depends on how often they were asked
_GIVEN = ("page", "site", "argument", "embed", "level")
"""page in a page, argument in a fragment, embed and level in a view inside a page"""
_NO_SUCH = re.compile(r"No (filter|test) named '(\w+)'")  # as Jinja's compiler says it
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")  # in memory: differs from build to build
_COMPILED: dict[tuple[SiteLocale, str, str], CodeType] = {}
_COMPILED_AT_MOST = 512  # a theme has fifty templates; a watched one goes through many versions


class _Template(Template):
    """A template whose macros are made anew for each that imports them.

    Jinja makes them once an environment. A `namespace` or an iterator beside them would then go on from page to page,
    and a page depend on which pages were rendered before.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self.make_module()


class JinjaEnvironment(Allowance, Environment):
    """A Jinja environment whose names are those of a theme chain. Templates are known by their source paths."""

    code_generator_class = CheckingGenerator

    def __init__(
        self, chain: Chain, read: Read, locale: SiteLocale, filters: Mapping[str, Filter]
    ) -> None:
        super().__init__(
            loader=_SourceLoader(read),
            undefined=Unknown,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self.printed,
            auto_reload=False,
            optimized=False,  # Jinja would work out `10 ** 10 ** 10` while it compiles
        )
        self.chain = chain
        self.read = read
        self.locale = locale
        self._paths: dict[tuple[str, str], str] = {}
        self.filters.update({**text_filters(), **filters})
        self.tests["sameas"] = same_as
        for name in _NO_FILTERS:
            del self.filters[name]
        for name in _NO_GLOBALS:
            del self.globals[name]
        self.globals["range"] = bounded_range
        self.overdrawn: dict[str, list[TemplateFault]] = {}
        """What became of the renderings that came to a limit, by template."""

    def join_path(self, template: str, parent: str) -> str:
        """The path that the name *template* means in the template *parent*; Jinja asks this for every name."""
        asked = template, parent
        path = self._paths.get(asked)
        if path is None:
            path = find_template(self.chain, template, self.read, user=parent) or template
            self._paths[asked] = path
        return path

    def getitem(self, obj: object, argument: object) -> object:
        """`obj[argument]`, and what an `attribute=` names. A name after a point comes by `getattr` or `guarded`."""
        if isinstance(argument, str) and not (isinstance(obj, Mapping) and argument in obj):
            check_asked(obj, argument)
        found: object = super().getitem(obj, argument)
        return found

    def guarded(self, obj: object, name: str) -> object:
        """`obj.name` for a name of `guard.GUARDED`; this and what follows is called by code of `compiler`."""
        check_asked(obj, name)
        found: object = self.getattr(obj, name)
        return found

    def printed(self, value: object) -> object:
        """What `{{ value }}` prints; a body leaves its place. Raises TemplateRuntimeError as `printable` does."""
        if isinstance(value, str):
            self.left -= len(value)
            if self.left < self.until:
                self.look()
            return value
        if isinstance(value, BodySlot):
            self.charge_body()
            return value.printed()
        return printable(value)

    @staticmethod
    def concatenated(context: EvalContext, *parts: object) -> str:
        """`a ~ b`."""
        join = markup_join if context.autoescape else str_join
        found = join(map(printable, parts))
        check_length(len(found))
        return found

    @staticmethod
    def modulo(left: object, right: object) -> object:
        """`a % b`, of numbers or of a text and what it shall print."""
        if isinstance(left, str | bytes):
            check_formatted(right)
            check_format(str(left))
        return operator.mod(left, right)

    added = staticmethod(bounded_sum)
    multiplied = staticmethod(bounded_product)
    raised = staticmethod(bounded_power)

    @staticmethod
    def difference(left: object, right: object) -> object:
        """`a - b`."""
        found = operator.sub(left, right)
        if isinstance(found, Set):
            raise TemplateRuntimeError("This difference is a set, and those have no order.")
        return found


def render(
    environment: JinjaEnvironment, template: str, *, site: Reader, **variables: object
) -> str:
    """As `environment.render`, with the environment of Jinja."""
    path = environment.join_path(template, "")
    if path == template:
        raise TemplateFault(f"theme/{FOLDER}/{template}", 0, "No theme has this template.")
    _check_tries(environment, path)
    try:
        with environment.allowed():
            return environment.get_template(path).render(site=site, **variables)
    except TemplateNotFound as fault:  # is an OSError, too
        _raise_fault(environment, path, fault)
    except (ItnewsError, MemoryError, OSError):
        raise
    except Exception as fault:  # noqa: BLE001 - a template can raise anything, and a theme author has to be told where
        _raise_fault(environment, path, fault)


def _check_tries(environment: JinjaEnvironment, path: str) -> None:
    """Raises TemplateFault if the template at *path* has come to a limit often enough to know that it will again."""
    faults = environment.overdrawn.get(path, [])
    if len(faults) >= TRIES:
        last = faults[-1]
        reason = f"{last.reason} After {TRIES} pages no other was tried."
        raise TemplateFault(last.name, last.line, reason, code=last.code, is_passing=True)


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
        assert isinstance(environment, JinjaEnvironment)
        payload = self._read(name)
        if payload is None:
            raise TemplateNotFound(name)
        text = _decoded(name, payload)
        # The locale counts: Jinja folds constants, and a filter on a constant speaks its language.
        key = (environment.locale, name, text)
        code = _COMPILED.get(key)
        if code is None:
            if len(_COMPILED) >= _COMPILED_AT_MOST:
                _COMPILED.clear()
            code = _COMPILED[key] = _compiled(name, text, environment)
        return _Template.from_code(environment, code, dict(globals or {}))


def _compiled(name: str, text: str, environment: Environment) -> CodeType:
    """The code of the template *name*, as another process has left it or compiled anew."""
    code = bytecode.known(name, text)
    if code is not None:
        drop_tree(text)
    else:
        code = environment.compile(_checked(name, text, environment), name, name)
        bytecode.keep(name, text, code)
    return code


def _checked(name: str, text: str, environment: Environment) -> nodes.Template:
    """The tree of a template in which nothing is refused; not from Jinja's own parser, which knows no limits."""
    try:
        refused = parse_uses(text).refused
    except TemplateSyntaxError as fault:
        raise TemplateSyntaxError(f"{fault.message}", fault.lineno, name) from None
    for refusal in refused:
        raise TemplateSyntaxError(refusal.message, refusal.line, name)
    return take_tree(text, environment)


def _decoded(template: str, payload: bytes) -> str:
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = payload[: fault.start].count(b"\n") + 1
        raise TemplateSyntaxError("This template is not UTF-8 text.", line, template) from None


class _Place(Struct, frozen=True):
    """A line of a template."""

    name: str
    line: int


def _raise_fault(environment: JinjaEnvironment, path: str, fault: Exception) -> NoReturn:
    place = _place(environment.chain, fault.__traceback__) or _Place(path, 0)
    if isinstance(fault, TemplateSyntaxError):
        place = _Place(fault.name or place.name, fault.lineno)
    found = TemplateFault(
        place.name,
        place.line,
        _reason(fault),
        _hint(environment, place.name, fault),
        code=_code(fault),
        is_passing=isinstance(fault, TooMuchError) and fault.is_late,
    )
    if isinstance(fault, TooMuchError):
        environment.overdrawn.setdefault(path, []).append(found)
    raise found from fault


def _code(fault: Exception) -> FaultCode:
    if isinstance(fault, TooMuchError):
        return "template-too-slow" if fault.is_late else "template-endless"
    return "template-endless" if isinstance(fault, RecursionError) else "template-fault"


def _hint(environment: JinjaEnvironment, path: str, fault: Exception) -> str:
    """What the template at *path* probably meant; empty where nothing is near."""
    if isinstance(fault, UnknownName):
        text = (environment.read(path) or b"").decode("utf-8-sig", "replace")
        return fault.hint((*_GIVEN, *environment.globals, *names_set(text)))
    no_such = _NO_SUCH.match(str(fault)) if isinstance(fault, TemplateError) else None
    if no_such is None:
        return ""
    known = environment.filters if no_such[1] == "filter" else environment.tests
    return did_you_mean(no_such[2], known)


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
    if isinstance(fault, RecursionError):
        return "Templates or macros call one another without end."
    if type(fault) is LookupError:  # the reader's own words
        return f"{fault}."
    told = fault.message if isinstance(fault, TemplateError) else f"{type(fault).__name__}: {fault}"
    return _ADDRESS.sub("", told or type(fault).__name__)
