"""Jinja's compiler, with the checks of `guard` in the code of those few expressions that could need one.

Whatever else a template does runs as fast as without checks: only what is guarded goes through `JinjaEnvironment`. At
the head of whatever may run again and again (loops, macros, blocks, templates) something is taken off the `allowance`.
"""

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef

from itnews.theme.allowance import ROUND
from itnews.theme.guard import GUARDED

_Repeated = nodes.Template | nodes.Block | nodes.For | nodes.Macro | nodes.CallBlock


class CheckingGenerator(CodeGenerator):
    """Writes a call of the environment for a guarded name, and for each operator that could print or unorder."""

    # What has a body that may be run again and again, by the identity of that body.
    _repeated: dict[int, _Repeated]

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        self._repeated = {id(node.body): node}
        for block in node.find_all(nodes.Block):
            self._repeated[id(block.body)] = block
        super().visit_Template(node, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._repeated[id(node.body)] = node
        super().visit_For(node, frame)

    def macro_body(
        self, node: nodes.Macro | nodes.CallBlock, frame: Frame
    ) -> tuple[Frame, MacroRef]:
        self._repeated[id(node.body)] = node
        return super().macro_body(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        repeated = self._repeated.get(id(nodes))
        if repeated is not None:
            self.writeline(f"environment.left -= {_cost(repeated)}", repeated)
            self.writeline("if environment.left < environment.until: environment.look()", repeated)
        super().blockvisit(nodes, frame)

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        """Only what is written in quotes: nothing is worked out while a template is compiled, where nothing counts."""
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if node.attr in GUARDED:
            self._write_call("guarded(", frame, node.node, nodes.Const(node.attr))
        else:
            super().visit_Getattr(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("concatenated(context.eval_ctx, ", frame, *node.nodes)

    def visit_Add(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("added(", frame, node.left, node.right)

    def visit_Mul(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("multiplied(", frame, node.left, node.right)

    def visit_Pow(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("raised(", frame, node.left, node.right)

    def visit_Mod(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("modulo(", frame, node.left, node.right)

    def visit_Sub(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("difference(", frame, node.left, node.right)

    def _write_call(self, opening: str, frame: Frame, *arguments: nodes.Expr) -> None:
        self.write(f"environment.{opening}")
        for argument in arguments:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


def _cost(repeated: _Repeated) -> int:
    """What one round counts for: itself, and the text that stands in it."""
    return ROUND + sum(len(text.data) for text in repeated.find_all(nodes.TemplateData))
