"""The pipeline as a meter counts it."""

from msgspec.structs import replace

from itnews.app.clock import Clock
from itnews.app.inputs import inputs
from itnews.app.pipeline import PHASES
from itnews.app.project import Project
from itnews.engine.meter import Meter
from itnews.engine.phase import Pipeline
from itnews.model.edition import Edition


def measured(project: Project, edition: Edition, clock: Clock, meter: Meter) -> Pipeline:
    """The whole pipeline, inputs and all; *meter* counts its tasks, and templates as parts of them."""
    watched = replace(project, environment=project.environment.watched(meter.part))
    return meter.measured((*PHASES, *inputs(watched, edition, clock)))
