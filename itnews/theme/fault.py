"""What went wrong inside a template, and where."""

from collections.abc import Mapping
from typing import Literal

from itnews.errors import ItnewsError
from itnews.paths import source_path
from itnews.problems import Problem, Span, error

FaultCode = Literal["template-fault", "template-endless", "template-too-slow"]

_REMEDIES: Mapping[FaultCode, str] = {
    "template-fault": "correct this line of the template",
    "template-endless": "let the loop, macro or include on this line end sooner",
    "template-too-slow": "let the loop on this line do less, or leave the work to a view of `site`",
}


class TemplateFault(ItnewsError):
    """An error inside a template: *name* its source path, *line* from 1 (0: the template as a whole), *reason*.

    *hint* is what was probably meant, or empty. *code* is that of the problem. *is_passing*: on another machine, or
    another day, it may not be so.
    """

    def __init__(
        self,
        name: str,
        line: int,
        reason: str,
        hint: str = "",
        *,
        code: FaultCode = "template-fault",
        is_passing: bool = False,
    ) -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name = name
        self.line = line
        self.reason = reason
        self.hint = hint
        self.code: FaultCode = code
        self.is_passing = is_passing

    def __reduce__(
        self,
    ) -> tuple[type["TemplateFault"], tuple[str, int, str], dict[str, object]]:
        return type(self), (self.name, self.line, self.reason), self.__dict__

    def problem(self, document: str = "") -> Problem:
        """The fault as a Problem at its place in the template; *document* is what was being rendered."""
        found = f" (found while rendering {document})" if document else ""
        hint = (self.hint or _REMEDIES[self.code]) + found
        return error(self.code, Span(source_path(self.name), self.line), self.reason, hint=hint)
