"""What to do next: tasks, their goals, and the proposers that choose them.

Import from here; the modules inside are this room's own business.
"""

from curriculum.asking import Chat, ChatReply, Wish, WishBoard
from curriculum.errors import CurriculumError, GoalError, NoPlanError, UnknownItemError
from curriculum.goal_trees.goal_tree import GoalNode, GoalTree, GoalTreeStore, NodeStatus
from curriculum.goal_trees.goal_tree_proposer import GoalTreeProposer
from curriculum.goals.evidence import Evidence, Finding
from curriculum.goals.families import (
    close_names,
    count_of,
    game_names,
    kinds_in,
    members,
    normalise_name,
)
from curriculum.goals.goal import (
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
from curriculum.goals.goal_forms import GoalForm
from curriculum.goals.goal_key import goal_key
from curriculum.json_answer import read_answer
from curriculum.observation_text import describe_observation
from curriculum.planning.costs import STATION_DISTANCE, Costs, Skips
from curriculum.planning.reach import WorldLimits
from curriculum.planning.recipe_graph import RecipeGraph, Source
from curriculum.planning.tech_tree import Step, TechTree
from curriculum.planning.ways import FURNACE, TABLE
from curriculum.prompting import as_data, unmarked
from curriculum.proposers.back_off import waits
from curriculum.proposers.exploration import Progress
from curriculum.proposers.failed_ways import last_failed_way
from curriculum.proposers.goal_check import GoalChecker
from curriculum.proposers.llm_proposer import LlmProposer
from curriculum.proposers.rest import Rest
from curriculum.proposers.tech_tree_proposer import TechTreeProposer
from curriculum.proposers.upkeep_first import PROPOSER as UPKEEP
from curriculum.proposers.upkeep_first import UpkeepFirstProposer
from curriculum.proposers.wayfaring import PROPOSER as WAYFARING
from curriculum.proposers.wayfaring import WayfaringProposer, way_elsewhere
from curriculum.proposers.wish_first import WishFirstProposer
from curriculum.questions import AnswerStore, GameQuestions, KnownAnswer, Questions
from curriculum.task import Proposal, Proposer, Task, TaskRecord
from curriculum.wording import one, plural, quantity, words

__all__ = [
    "FURNACE",
    "STATION_DISTANCE",
    "TABLE",
    "UPKEEP",
    "WAYFARING",
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
    "UpkeepFirstProposer",
    "WayfaringProposer",
    "Wish",
    "WishBoard",
    "WishFirstProposer",
    "WorldLimits",
    "as_data",
    "close_names",
    "count_of",
    "describe_observation",
    "game_names",
    "goal_key",
    "goal_to_json",
    "kinds_in",
    "last_failed_way",
    "members",
    "normalise_name",
    "one",
    "parse_goal",
    "plural",
    "quantity",
    "read_answer",
    "unmarked",
    "validate_names",
    "waits",
    "way_elsewhere",
    "words",
]
