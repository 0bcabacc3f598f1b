"""What went wrong inside a template, and where."""

from itnews.errors import ItnewsError
from itnews.paths import source_path
from itnews.problems import Problem, Span, error


class TemplateFault(ItnewsError):
    """An error inside a template: *name* its source path, *line* from 1 (0: the template as a whole), *reason*.

    *hint* is what was probably meant, or empty.
    """

    def __init__(self, name: str, line: int, reason: str, hint: str = "") -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name = name
        self.line = line
        self.reason = reason
        self.hint = hint

    def __reduce__(self) -> tuple[type["TemplateFault"], tuple[str, int, str, str]]:
        return type(self), (self.name, self.line, self.reason, self.hint)

    def problem(self, document: str = "") -> Problem:
        """The fault as a Problem at its place in the template; *document* is what was being rendered."""
        found = f"found while rendering {document}" if document else ""
        hint = f"{self.hint} ({found})" if self.hint and found else self.hint or found
        return error(
            "template-fault", Span(source_path(self.name), self.line), self.reason, hint=hint
        )
