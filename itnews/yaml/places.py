"""Places of YAML nodes in a file, and the values that carry what was found there."""

from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from itnews.errors import ItnewsError


class Mark(NamedTuple):
    """A place in the file that holds the YAML: line and column count from 1, *length* is in characters."""

    line: int
    column: int = 0
    length: int = 0


class Fault(NamedTuple):
    """What is wrong with a YAML text: *code* and words as a Problem has them (`model.marks.problem_of`)."""

    code: str
    at: Mark
    message: str
    hint: str = ""


class YamlError(ItnewsError):
    """A text that is no YAML, or more YAML than we take; *fault* says what and where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class WrittenFloat(float):
    """A number that knows its own text: a version `1.10` is not 1.1 where a text is expected."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> "WrittenFloat":
        number = super().__new__(cls, written)
        number.written = written
        return number

    def __reduce__(self) -> tuple[type["WrittenFloat"], tuple[str]]:
        return WrittenFloat, (self.written,)


class Place:
    """Turns marks of YAML into places in the file."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line

    def at(self, line: int, column: int, length: int = 0) -> Mark:
        return Mark(line + self.first_line, column + 1, length)

    def of_node(self, node: Node, text: str) -> Mark:
        start, end = node.start_mark, node.end_mark
        if isinstance(node, MappingNode) and node.value and not node.flow_style:
            end = node.value[0][0].end_mark
        elif not isinstance(node, ScalarNode):
            return self.at(start.line, start.column, 1)
        if end.line == start.line:
            return self.at(start.line, start.column, end.column - start.column)
        first = text.split("\n")[start.line]
        return self.at(start.line, start.column, max(len(first.rstrip()) - start.column, 1))

    def of_mark(self, node: Node) -> Mark:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return self.at(start.line, start.column, length)
