"""协办: what the helping units were asked, by when, and what they answered, as the desk shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from yousu.appeals.parts import Part
from yousu.appeals.state import AppealState
from yousu.desk import chips, labels
from yousu.desk.chips import Chip


@dataclass(frozen=True, kw_only=True)
class Share:
    """One helping unit."""

    unit: str
    stage: str
    stage_name: str
    chip: Chip
    outcome: str
    reply: str


def of(case: AppealState, words: Mapping[str, str]) -> list[Share]:
    """The shares in the order in which they were asked for; `words` holds the replies the reader may see."""
    return [
        Share(
            unit=labels.unit(part.unit),
            stage=part.stage,
            stage_name=labels.word(labels.PART_STAGES, part.stage),
            chip=chips.of_part(part),
            outcome=labels.word(labels.OUTCOMES, part.outcome) if part.outcome else "",
            reply=words.get(key(part), ""),
        )
        for part in case.parts
    ]


def still_leads(case: AppealState) -> str:
    """首接负责: the unit that leads until the one that was asked has signed; empty if that is the same."""
    first = case.first_receiver
    waits = case.stage in ("forwarded", "sent_back") and first is not None and first != case.lead_unit
    return labels.unit(first) if waits else ""


def key(part: Part) -> str:
    """Under which a part's reply is read with the case's other words."""
    return f"part:{part.unit}"
