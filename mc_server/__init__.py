"""The game: what is observed, what is executed, and the servers it happens on.

Import from here; the modules inside are this room's own business.
"""

from mc_server.bot_death import BotDeath
from mc_server.bot_reference import BotMember, BotReference, bot_reference
from mc_server.bot_state import BotState
from mc_server.bridge import BotSettings, Bridge
from mc_server.bridge_listener import BridgeListener
from mc_server.embedded_nature import in_embedded_world
from mc_server.embedded_server import EmbeddedServer, EmbeddedServerSettings
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
    TraceEntry,
    without_gains,
)
from mc_server.external_server import ExternalServer, WorldServer
from mc_server.game_data import BlockData, GameData, Recipe
from mc_server.library_versions import mineflayer_version
from mc_server.mineflayer_bridge import MineflayerBridge
from mc_server.node import ensure_packages, find_node, npm_command, packages_installed
from mc_server.observation import Chest, NearbyBlock, NearbyEntity, Observation, Position
from mc_server.patience import JoinFailedError, passes
from mc_server.program_error import ProgramError
from mc_server.program_facts import (
    SOURCE_CHARACTERS,
    Argument,
    NameUse,
    ProgramFacts,
    SourceTooLongError,
    TopFunction,
    read_program,
)
from mc_server.program_shape import (
    SHAPE_RULES,
    Place,
    PlaceArgument,
    ProgramShape,
    Slot,
    program_shape,
)
from mc_server.reflex_act import ReflexAct
from mc_server.sandbox import SandboxLayer, sandbox_layers
from mc_server.script import Script, ScriptModule
from mc_server.scripted_bridge import ScriptedBridge
from mc_server.server_ping import ServerInfo, ping_server
from mc_server.simulation import Simulation
from mc_server.skill_call import Circumstances, SkillCall
from mc_server.viewer_package import fetch_viewer
from mc_server.world_snapshot import WorldSnapshot
from mc_server.world_view import WorldView

__all__ = [
    "SHAPE_RULES",
    "SOURCE_CHARACTERS",
    "Argument",
    "BlockData",
    "BotDeath",
    "BotMember",
    "BotReference",
    "BotSettings",
    "BotState",
    "Bridge",
    "BridgeError",
    "BridgeListener",
    "Chest",
    "Circumstances",
    "EmbeddedServer",
    "EmbeddedServerSettings",
    "Execution",
    "ExternalServer",
    "GameData",
    "GameEvent",
    "HomeFolderError",
    "JoinFailedError",
    "KickedError",
    "McServerError",
    "MineflayerBridge",
    "NameUse",
    "NearbyBlock",
    "NearbyEntity",
    "NodeMissingError",
    "Observation",
    "Outcome",
    "Place",
    "PlaceArgument",
    "Position",
    "PrimitiveCall",
    "ProgramError",
    "ProgramFacts",
    "ProgramShape",
    "Recipe",
    "ReflexAct",
    "SandboxLayer",
    "Script",
    "ScriptModule",
    "ScriptedBridge",
    "ServerError",
    "ServerInfo",
    "ServerStartError",
    "ServerUnreachableError",
    "Simulation",
    "SkillCall",
    "Slot",
    "SourceTooLongError",
    "TopFunction",
    "TraceEntry",
    "WorldServer",
    "WorldSnapshot",
    "WorldView",
    "bot_reference",
    "ensure_packages",
    "fetch_viewer",
    "find_node",
    "in_embedded_world",
    "mineflayer_version",
    "npm_command",
    "packages_installed",
    "passes",
    "ping_server",
    "program_shape",
    "read_program",
    "sandbox_layers",
    "without_gains",
]
