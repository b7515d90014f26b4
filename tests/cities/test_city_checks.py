"""A city whose data contradict themselves is refused, with file and row."""

import shutil
from pathlib import Path

import pytest

from yousu.org.city import CityWrong, city, load


def test_a_channel_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(city().folder, tmp_path / "city"))
    channels = folder / "channels.csv"
    channels.write_text(
        channels.read_text(encoding="utf-8").replace("walk_in,来访,Walk-in,,other", "walk_in,来访,Walk-in,,visit")
    )
    with pytest.raises(CityWrong, match=r"channels\.csv row \d+: the unknown kind visit"):
        load(str(folder))
