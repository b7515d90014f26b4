"""The Django app of appeals: registers the kind with the engine, and what it asks of a city."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """诉求."""

    name = "yousu.appeals"
    label = "appeals"

    def ready(self) -> None:
        # They register what their facts change.
        from yousu.appeals import configuring, mark_states, merge_states, part_states, shield_states, urgent_states  # noqa: F401
        from yousu.appeals.state import APPEAL
        from yousu.cases.projection import CaseProjection
        from yousu.ledger import projections
        from yousu.org.configuration import commands

        projections.register(APPEAL.code, CaseProjection(APPEAL))
        commands.checked_by(configuring.check)
