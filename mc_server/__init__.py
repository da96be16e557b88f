"""The game: what is observed, what is executed, and the servers it happens on.

Import from here; the modules inside are this room's own business.
"""

from mc_server.bridge import BotSettings, Bridge
from mc_server.errors import (
    BridgeError,
    HomeFolderError,
    KickedError,
    McServerError,
    NodeMissingError,
    ServerError,
    ServerStartError,
    ServerUnreachableError,
)
from mc_server.execution import (
    Execution,
    GameEvent,
    Outcome,
    PrimitiveCall,
    ProgramError,
    Script,
    ScriptModule,
)
from mc_server.game_data import BlockData, GameData, Recipe
from mc_server.observation import Chest, NearbyBlock, NearbyEntity, Observation, Position

__all__ = [
    "BlockData",
    "BotSettings",
    "Bridge",
    "BridgeError",
    "Chest",
    "Execution",
    "GameData",
    "GameEvent",
    "HomeFolderError",
    "KickedError",
    "McServerError",
    "NearbyBlock",
    "NearbyEntity",
    "NodeMissingError",
    "Observation",
    "Outcome",
    "Position",
    "PrimitiveCall",
    "ProgramError",
    "Recipe",
    "Script",
    "ScriptModule",
    "ServerError",
    "ServerStartError",
    "ServerUnreachableError",
]
