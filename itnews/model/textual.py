"""Values that are written and kept as one text: how pydantic reads and writes them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from itnews.late import late

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, core_schema
else:
    core_schema = late("pydantic_core.core_schema")


def as_text(validate: Callable[[object], object]) -> "CoreSchema":
    """The schema of values that *validate* makes of what was written, and whose `str` is what is kept."""
    return core_schema.no_info_plain_validator_function(
        validate,
        serialization=core_schema.plain_serializer_function_ser_schema(
            str, return_schema=core_schema.str_schema()
        ),
    )
