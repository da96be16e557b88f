"""What lives and grows in the embedded world, which is less than in the original game.

`embedded/nature.json` names its creatures and the blocks of its land, with what comes of them by
itself (obsidian).
"""

from __future__ import annotations

import json
from pathlib import Path

from mc_server.game_data import GameData

_NATURE = Path(__file__).with_name("embedded") / "nature.json"


def in_embedded_world(game_data: GameData) -> GameData:
    """The data without what there is none of."""
    nature = json.loads(_NATURE.read_text(encoding="utf-8"))
    return game_data.where_only(nature["creatures"], nature["land"])
