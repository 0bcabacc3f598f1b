"""The two sorts of question: inputs, answered by the border, and phases, answered by tasks."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Protocol, TypeVar, cast

from msgspec import Struct

from itnews.digest import Digest, digest_value
from itnews.engine.key import Key, Task, parse_key
from itnews.errors import ItnewsError

T = TypeVar("T")


class Codec(Protocol[T]):
    """Canonical bytes of a value and back. Equal values give equal bytes; the digest is taken of them."""

    def encode(self, value: T, /) -> bytes: ...

    def decode(self, payload: bytes, /) -> T: ...


class Input(Struct, Generic[T], frozen=True):
    """A question that the border answers: a file, a setting, the clock. Its digest is taken anew in every run.

    *differing* picks out the keys, by their text, that are worth a look, where there are thousands and a glance tells:
    at least those whose digest differs.
    """

    kind: str
    answer: Callable[[Key[T]], T]
    digest: Callable[[Key[T]], Digest] | None = None
    differing: Callable[[Mapping[str, Digest]], Iterable[str]] | None = None

    def digest_of(self, key: Key[T]) -> Digest:
        return self.digest(key) if self.digest else digest_value(self.answer(key))

    def changed(self, known: Mapping[str, Digest]) -> list[Key[object]]:
        """Those of the keys in *known*, by their text, whose digest is another than there."""
        texts = known if self.differing is None else self.differing(known)
        keys = {text: parse_key(text) for text in texts}
        return [
            key for text, key in keys.items() if self.digest_of(cast("Key[T]", key)) != known[text]
        ]


class Phase(Struct, Generic[T], frozen=True):
    """A question that a task answers.

    *stored*: the value itself is kept in the store, because making it is dear; else only its digest, and the value is
    made again when it is needed. *held*: the value stays in memory for the whole run; else only a few recent ones do.
    *delivers*: the value is a tuple of `Output`; the run hands them to the tree and keeps where they were placed.
    *shared*: the answers are the same for all editions, their keys have no variant.
    """

    kind: str
    task: Task[T]
    codec: Codec[T]
    stored: bool = False
    held: bool = True
    delivers: bool = False
    shared: bool = False


Pipeline = tuple[Phase[object] | Input[object], ...]


def by_kind(
    pipeline: Iterable[Phase[object] | Input[object]],
) -> Mapping[str, Phase[object] | Input[object]]:
    """The pipeline as a table from the kind of key to what answers it. Two for one kind is a bug."""
    table: dict[str, Phase[object] | Input[object]] = {}
    for phase in pipeline:
        if phase.kind in table:
            raise ItnewsError(f"two phases answer keys of kind {phase.kind!r}")
        table[phase.kind] = phase
    return table
