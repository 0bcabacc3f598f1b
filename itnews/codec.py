"""Values as bytes and back: JSON by msgspec, by their type."""

from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from itnews.paths import source_path

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")


class Typed(Generic[T]):
    """Bytes of values of one type, and back.

    A type is made of texts, numbers, tuples, paths, times and structs. `decode` raises ValueError for bytes
    that `encode` did not write: they may come from a cache that others can write to.
    """

    def __init__(self, kind: "TypeForm[T]") -> None:
        self._kind = kind

    def encode(self, value: T) -> bytes:
        return self._encoder.encode(value)

    def decode(self, payload: bytes) -> T:
        try:
            return self._decoder.decode(payload)
        except msgspec.MsgspecError as fault:
            raise ValueError(str(fault)) from None

    @cached_property
    def _encoder(self) -> msgspec.json.Encoder:
        return msgspec.json.Encoder(enc_hook=_plain)

    @cached_property
    def _decoder(self) -> "msgspec.json.Decoder[T]":
        return msgspec.json.Decoder(self._kind, dec_hook=_path)


def _plain(value: object) -> object:
    if isinstance(value, PurePath):
        return value.as_posix()
    raise NotImplementedError(f"{type(value).__name__} has no bytes")


def _path(kind: type, written: object) -> object:
    if issubclass(kind, PurePath) and isinstance(written, str):
        return source_path(written)
    raise NotImplementedError(f"{kind.__name__} is not read")
