"""The tables of docs/content.md, made of the models: `make docs` puts them in, a test holds that they are right."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel

from itnews.model.common import Common
from itnews.model.described import Described, described, in_words
from itnews.model.fields import service
from itnews.model.kinds import KINDS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "content.md"

BLOCK = re.compile(r"(<!-- fields: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
"""What stands between two markers is written by this module."""

SHARED = ("cost", "benefits")
"""Fields with parts that several kinds have: their parts are told of once."""


def with_tables(text: str) -> str:
    """*text* with the tables that its markers name, as the models say today."""
    return BLOCK.sub(
        lambda block: "\n".join([block[1].rstrip(), *_tables(block[2]), block[3]]), text
    )


def _tables(name: str) -> Iterator[str]:
    if name == "shared":
        yield from _parts(field for field in described(service.Service) if field.name in SHARED)
        return
    model: type[BaseModel] = Common if name == "common" else KINDS[name].model
    fields = [
        field
        for field in described(model)
        if name == "common" or field.name not in Common.model_fields
    ]
    yield from _table(fields)
    yield from _parts(field for field in fields if field.name not in SHARED)


def _parts(fields: Iterable[Described]) -> Iterator[str]:
    for field in fields:
        if field.part:
            yield f"\n**`{field.name}`**: {(field.part.__doc__ or '').splitlines()[0]}\n"
            yield from _table(described(field.part))


def _table(fields: Iterable[Described]) -> Iterator[str]:
    yield "| field | holds | meaning |\n|---|---|---|"
    for field in fields:
        needed = " **Needed.**" if field.required else ""
        yield f"| `{field.name}` | {in_words(field)} | {field.description}{needed} |"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
