"""Templates: what each consists of, in the chain of themes."""

from collections.abc import Iterator

from itnews.engine.key import Answer, Fetch, Key
from itnews.model.keys import listing_key, present_key, source_key
from itnews.paths import SourcePath, source_path
from itnews.theme.closure import FOLDER, Closure, template_closure
from itnews.theme.keys import chain_key
from itnews.theme.pin import pinned


def template(key: Key[Closure | None], fetch: Fetch) -> Answer[Closure | None]:
    """The closure of a template; None if it cannot be rendered, which its problems explain."""

    def read(path: str) -> bytes | None:
        return fetch(source_key(source_path(path)))

    chain = fetch(chain_key())

    def listed() -> Iterator[SourcePath]:
        for root in chain.roots:
            yield from fetch(listing_key(f"{root}/{FOLDER}"))

    closure, problems = template_closure(chain, key.name, read, listed)
    broken = any(problem.level == "error" for problem in problems)
    placed = tuple(pinned(problem, read(str(problem.at.path))) for problem in problems)
    return Answer(None if broken else closure, placed)


def offered(key: Key[bool], fetch: Fetch) -> Answer[bool]:
    """Whether a theme of the chain has the template."""
    paths = fetch(chain_key()).candidates(f"{FOLDER}/{key.name}")
    return Answer(any(fetch(present_key(source_path(path))) for path in paths))


def template_names(fetch: Fetch) -> tuple[str, ...]:
    """The names of all templates of the chain: to suggest one, where another is not there."""
    chain = fetch(chain_key())
    listed = [path for root in chain.roots for path in fetch(listing_key(f"{root}/{FOLDER}"))]
    return tuple(chain.layered(listed, FOLDER))
