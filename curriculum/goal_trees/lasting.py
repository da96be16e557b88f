"""Whether what a goal tree's leaves reached is still there when the whole is done.

Covers what is carried or worn. Such a thing may be gone for a good reason: a tool wears out, food
is eaten, and a later leaf builds with it or makes something of it. It is missed only where no later
leaf can have used it. Not covered: places, kills and what was built; those were judged when they
were done, and being somewhere ends with the next step.
"""

from __future__ import annotations

from curriculum.errors import CurriculumError
from curriculum.goal_trees.goal_tree import GoalNode, GoalTree
from curriculum.goals.families import game_names
from curriculum.goals.goal import Ate, Equipped, Goal, InventoryHas, Judged, Placed, Stored
from curriculum.goals.goal_forms import leaves
from curriculum.planning.reach import Reach
from curriculum.planning.recipe_graph import RecipeGraph
from curriculum.planning.tech_tree import TechTree
from mc_server import Observation


def lost_leaf(
    tree: GoalTree, observation: Observation, tech_tree: TechTree, reach: Reach
) -> GoalNode | None:
    """The first leaf whose result is gone though nothing after it can have used it."""
    known = game_names(tech_tree.game_data)
    nodes = tree.leaves()
    for index, node in enumerate(nodes):
        later = [leaf for other in nodes[index + 1 :] if other.goal for leaf in leaves(other.goal)]
        for leaf in leaves(node.goal) if node.goal else ():
            if not isinstance(leaf, InventoryHas | Equipped):
                continue
            if leaf.evaluate(observation, observation, (), known).passed:
                continue
            if not _may_be_gone(leaf, later, observation, tech_tree, reach):
                return node
    return None


def _may_be_gone(
    leaf: InventoryHas | Equipped,
    later: list[Goal],
    observation: Observation,
    tech_tree: TechTree,
    reach: Reach,
) -> bool:
    data = tech_tree.game_data
    kinds = set(tech_tree.graph.family(leaf.name))
    if kinds & (data.tool_uses.keys() | data.food_points.keys()):
        return True
    if isinstance(leaf, Equipped) and leaf.destination in ("hand", "off-hand"):
        return True
    return any(_uses(kinds, other, observation, tech_tree, reach) for other in later)


def _uses(
    kinds: set[str], later: Goal, observation: Observation, tech_tree: TechTree, reach: Reach
) -> bool:
    if isinstance(later, Judged):
        # What was built may hold any block, and nobody counts them.
        return bool(kinds & tech_tree.game_data.blocks.keys())
    graph = tech_tree.graph
    try:
        wanted = [name for name, _ in reach.needs(later, observation)]
    except CurriculumError:
        return False
    for name in wanted:
        if isinstance(later, Placed | Stored | Ate) and kinds & set(graph.family(name)):
            return True
        if kinds & _made_from(name, graph):
            return True
    return False


def _made_from(name: str, graph: RecipeGraph) -> set[str]:
    """Every item that can go into a thing, or into what goes into it; tools do not."""
    found: set[str] = set()
    waiting = [name, *graph.family(name)]
    while waiting:
        for source in graph.sources(waiting.pop()):
            for ingredient in source.ingredients:
                new = {ingredient, *graph.family(ingredient)} - found
                found |= new
                waiting.extend(new)
    return found
