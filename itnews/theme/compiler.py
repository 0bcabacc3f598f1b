"""Jinja's compiler, with the checks of `guard` in the code of those few expressions that could need one.

Whatever else a template does runs as fast as without checks: only what is guarded goes through `JinjaEnvironment`.
"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from itnews.theme.guard import GUARDED


class CheckingGenerator(CodeGenerator):
    """Writes a call of the environment for a guarded name, and for each operator that could print or unorder."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if node.attr in GUARDED:
            self._write_call("guarded(", frame, node.node, nodes.Const(node.attr))
        else:
            super().visit_Getattr(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self._write_call("concatenated(context.eval_ctx, ", frame, *node.nodes)

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
