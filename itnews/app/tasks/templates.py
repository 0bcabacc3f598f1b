"""Templates: what each consists of, in the chain of themes."""

from itnews.engine.key import Answer, Fetch, Key
from itnews.model.keys import source_key
from itnews.paths import source_path
from itnews.theme.closure import Closure, template_closure
from itnews.theme.keys import chain_key


def template(key: Key[Closure | None], fetch: Fetch) -> Answer[Closure | None]:
    """The closure of a template; None if it cannot be rendered, which its problems explain."""

    def read(path: str) -> bytes | None:
        return fetch(source_key(source_path(path)))

    closure, problems = template_closure(fetch(chain_key()), key.name, read)
    return Answer(None if problems else closure, problems)
