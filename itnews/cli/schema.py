"""`itnews schema`: what an editor completes and checks by."""

from collections.abc import Mapping
from pathlib import Path

import click

from itnews.cli.console import Console
from itnews.cli.options import site_option


@click.command("schema")
@click.argument("kind", required=False)
@site_option
@click.pass_obj
def command(console: Console, *, kind: str | None, site: Path | None) -> int:
    """Print the JSON Schema of itnews.yaml, or of the front matter of one KIND (update, project, person...).

    Editors complete and check by it: docs/content.md says how to tell yours. Names of other systems that the site's
    settings map to ours are known in it; without a site it is that of a site without settings.
    """
    from itnews.cli.kinds import kind_of
    from itnews.cli.site import find_site, settings_of
    from itnews.model.kinds import KINDS
    from itnews.model.schema import kind_schema, settings_schema

    if kind:
        settings = settings_of(find_site(site))
        foreign = settings.value("field_names") if settings else None
        wanted = kind_of(kind, settings.kinds if settings else KINDS)
        schema = kind_schema(wanted, foreign if isinstance(foreign, Mapping) else {})
    else:
        from itnews.model.config import SettingsModel

        schema = settings_schema(SettingsModel)
    console.result_json(schema)
    return 0
