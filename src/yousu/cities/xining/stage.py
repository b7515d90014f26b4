"""样本班子: who plays the sample days: the demonstration's accounts, and what every sample does alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from yousu.appeals.recording import Said
from yousu.appeals.state import AppealState
from yousu.bulletins import commands as bulletins
from yousu.cities.xining import plan
from yousu.cities.xining.plan import Life
from yousu.intake.arrivals import Delivery, accept_many
from yousu.org.accounts import actor_of, create, record_created
from yousu.org.actors import SYSTEM, Actor
from yousu.org.city import City, city
from yousu.org.models import Account

PASSWORD = "yousu-demo-2024"


@dataclass
class Stage:
    """Who plays, and where every appeal stands."""

    city: City
    staff: dict[str, list[Actor]]
    by_unit: dict[str, Actor]
    cases: dict[str, AppealState] = field(default_factory=dict)

    def one(self, role: str, life: Life) -> Actor:
        """An account of a role, the same for the same appeal."""
        return self.staff[role][hash_of(life.key) % len(self.staff[role])]

    def of_unit(self, unit: str) -> Actor:
        """Who acts for a unit: its own handler, or the second level above it."""
        if unit in self.by_unit:
            return self.by_unit[unit]
        parent = self.city.units[unit].parent
        if parent is None:
            raise LookupError(f"no demo account acts for {unit}")
        return self.of_unit(parent)


def hash_of(key: str) -> int:
    """A small number from a key, the same in every process."""
    return sum(key.encode())


def enter() -> Stage:
    """登台: makes the accounts."""
    staff: dict[str, list[Actor]] = {}
    by_unit: dict[str, Actor] = {}
    for account, role in make_accounts():
        actor = actor_of(account)
        staff.setdefault(role, []).append(actor)
        if role in ("handler", "second_level") and account.unit not in by_unit:
            by_unit[account.unit] = actor
    return Stage(city=city(), staff=staff, by_unit=by_unit)


def make_accounts() -> list[tuple[Account, str]]:
    """The demonstration's accounts with their roles, all with PASSWORD."""
    made: list[tuple[Account, str]] = []
    hashed = ""
    for row in plan.rows("accounts"):
        account = create(
            row["user"],
            None,
            roles=[row["role"]],
            unit=row["unit"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
        )
        if not hashed:
            # Hashing is slow on purpose; all demo accounts share a password, so one hash does.
            account.set_password(PASSWORD)
            hashed = account.password
        account.password = hashed
        account.save(update_fields=["password"])
        record_created(account, [row["role"]], by=SYSTEM)
        made.append((account, row["role"]))
    return made


def record(stage: Stage, lives: Sequence[Life]) -> None:
    """受理 of what came within ten minutes."""
    by = stage.one("call_taker", lives[0])
    accepted = accept_many([Delivery(said=_said(life), external_id=life.key) for life in lives], by=by)
    for life, one in zip(lives, accepted, strict=True):
        assert one.state is not None
        stage.cases[life.key] = one.state


def publish(stage: Stage, day: date, *, hands: Any) -> None:
    """The day's bulletin, and on Sundays the week's, by four hands in the first hour after midnight."""
    ids = [f"daily-{day}"] + ([f"weekly-{day}"] if day.isoweekday() == 7 else [])
    publisher, reviewer, signer = (
        stage.staff[role][0] for role in ("publisher", "bulletin_reviewer", "bulletin_signer")
    )
    midnight = datetime.combine(day + timedelta(days=1), time(0), tzinfo=plan.ZONE)
    for bulletin_id in ids:
        hands.move_to(midnight + timedelta(minutes=5))
        bulletins.compose(bulletin_id, by=publisher)
        bulletins.review(bulletin_id, by=reviewer)
        bulletins.sign(bulletin_id, by=signer)
        hands.move_to(midnight + timedelta(minutes=6))
        bulletins.freeze(bulletin_id, by=publisher)
        bulletins.publish(bulletin_id, by=publisher)


def _said(life: Life) -> Said:
    who = life.appellant
    return Said(
        channel=life.channel,
        title=life.words.title,
        text=life.words.text,
        type=life.words.appeal_type,
        category=life.category.code,
        place=life.place.name if life.place else "",
        lon=life.place.lon if life.place else None,
        lat=life.place.lat if life.place else None,
        appellant_kind=life.appellant_kind,
        name=who.name if who else "",
        phone=who.phone if who else None,
        confidential=life.confidential,
        occurred_at=life.received_at,
    )
