"""What to do next: tasks, their goals, and the proposers that choose them.

Import from here; the modules inside are this room's own business.
"""

from curriculum.asking import Chat, ChatReply, Wish, WishBoard
from curriculum.costs import STATION_DISTANCE, Costs, Skips
from curriculum.errors import CurriculumError, GoalError, NoPlanError, UnknownItemError
from curriculum.evidence import Evidence, Finding
from curriculum.exploration import Progress
from curriculum.families import close_names, count_of, game_names, kinds_in, members, normalise_name
from curriculum.goal import (
    AllOf,
    AnyOf,
    Ate,
    Equipped,
    Goal,
    HasAdvancement,
    HasRoom,
    InBiome,
    InDimension,
    InventoryGained,
    InventoryHas,
    Judged,
    Killed,
    Mined,
    Not,
    Placed,
    ReachedPosition,
    Slept,
    Stored,
    goal_to_json,
    parse_goal,
    validate_names,
)
from curriculum.goal_check import GoalChecker
from curriculum.goal_forms import GoalForm
from curriculum.goal_tree import GoalNode, GoalTree, GoalTreeStore, NodeStatus
from curriculum.goal_tree_proposer import GoalTreeProposer
from curriculum.json_answer import read_answer
from curriculum.llm_proposer import LlmProposer
from curriculum.observation_text import describe_observation
from curriculum.prompting import as_data, unmarked
from curriculum.questions import AnswerStore, GameQuestions, KnownAnswer, Questions
from curriculum.reach import WorldLimits
from curriculum.recipe_graph import RecipeGraph, Source
from curriculum.rest import Rest
from curriculum.task import Proposal, Proposer, Task, TaskRecord
from curriculum.tech_tree import Step, TechTree
from curriculum.tech_tree_proposer import TechTreeProposer
from curriculum.ways import FURNACE, TABLE
from curriculum.wish_first import WishFirstProposer
from curriculum.wording import one, plural, quantity, words

__all__ = [
    "FURNACE",
    "STATION_DISTANCE",
    "TABLE",
    "AllOf",
    "AnswerStore",
    "AnyOf",
    "Ate",
    "Chat",
    "ChatReply",
    "Costs",
    "CurriculumError",
    "Equipped",
    "Evidence",
    "Finding",
    "GameQuestions",
    "Goal",
    "GoalChecker",
    "GoalError",
    "GoalForm",
    "GoalNode",
    "GoalTree",
    "GoalTreeProposer",
    "GoalTreeStore",
    "HasAdvancement",
    "HasRoom",
    "InBiome",
    "InDimension",
    "InventoryGained",
    "InventoryHas",
    "Judged",
    "Killed",
    "KnownAnswer",
    "LlmProposer",
    "Mined",
    "NoPlanError",
    "NodeStatus",
    "Not",
    "Placed",
    "Progress",
    "Proposal",
    "Proposer",
    "Questions",
    "ReachedPosition",
    "RecipeGraph",
    "Rest",
    "Skips",
    "Slept",
    "Source",
    "Step",
    "Stored",
    "Task",
    "TaskRecord",
    "TechTree",
    "TechTreeProposer",
    "UnknownItemError",
    "Wish",
    "WishBoard",
    "WishFirstProposer",
    "WorldLimits",
    "as_data",
    "close_names",
    "count_of",
    "describe_observation",
    "game_names",
    "goal_to_json",
    "kinds_in",
    "members",
    "normalise_name",
    "one",
    "parse_goal",
    "plural",
    "quantity",
    "read_answer",
    "unmarked",
    "validate_names",
    "words",
]
