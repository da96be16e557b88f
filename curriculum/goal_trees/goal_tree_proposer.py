"""Playing towards a goal in words: split into parts by a language model, done leaf after leaf.

Covers: splitting what must be split, replacing what failed, telling when all is done or nothing
helps any more, and what is played while the model cannot be asked. Not covered: the tree itself
(`goal_tree`), asking (`decomposition`), and tasks for a leaf (`leaf_player`).

The tree is kept after every change and the rest is read off the history, so a resumed run goes on
where it stood.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from curriculum.asking import Chat, WishBoard
from curriculum.errors import GoalError
from curriculum.goal_trees.decomposition import Decomposer, parts_described
from curriculum.goal_trees.goal_tree import GoalNode, GoalTree, GoalTreeStore, NodeStatus, Part
from curriculum.goal_trees.lasting import lost_leaf
from curriculum.goal_trees.leaf_player import PROPOSER, LeafPlayer
from curriculum.goals.goal import InventoryHas
from curriculum.planning.tech_tree import TechTree
from curriculum.prompting import short
from curriculum.proposers.goal_check import GoalChecker
from curriculum.proposers.llm_pause import Pause
from curriculum.proposers.rest import Rest
from curriculum.task import Proposal, Proposer, TaskRecord
from mc_server import GameData, Observation

REVISIONS_AT_MOST = 2
"""How often the parts of one node are replaced before the node itself counts as failed."""
CHANGES_AT_ONCE = 200
"""Changes of the tree while one task is looked for; each passes, splits, fails or replaces a node,
so that there are far fewer."""
RETRY_AFTER_SECONDS = 60.0
REASON_CHARACTERS = 600


class GoalTreeProposer:
    """A `Proposer` for a goal in words.

    chat, game_data: the model that splits, and the version's names and rules.
    store: keeps the tree of this run. checker: refuses parts that cannot be.
    fallback: plays open-ended while the model cannot be asked, and knows when a meal comes first.
    on_decomposed: is told of every split: the goal, its parts, and why it was split anew.
    fall_back_on: errors of `chat` after which something else is played; all others are raised.
    ask_again_on: those of them after which the model may be asked for the next thing at once.
    retry_after_seconds: of `clock`, before a model that failed is asked again.
    on_rest: is told for how many tasks a model rests whose answers cannot be used, and why.
    """

    def __init__(
        self,
        chat: Chat,
        game_data: GameData,
        store: GoalTreeStore,
        checker: GoalChecker,
        goal: str,
        fallback: Proposer,
        *,
        wishes: WishBoard | None = None,
        on_decomposed: Callable[[str, tuple[str, ...], str], None] = lambda *_: None,
        fall_back_on: tuple[type[Exception], ...] = (),
        ask_again_on: tuple[type[Exception], ...] = (),
        retry_after_seconds: float = RETRY_AFTER_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        on_rest: Callable[[int, str], None] = lambda *_: None,
    ) -> None:
        self._store = store
        self._goal = goal
        self._fallback = fallback
        self._tell = on_decomposed
        self._fall_back_on = fall_back_on
        self._tech_tree = TechTree(game_data)
        self._reach = checker.reach
        self._decomposer = Decomposer(chat, game_data, checker, wishes)
        self._player = LeafPlayer(game_data, checker.reach, fallback, goal)
        self._pause = Pause(retry_after_seconds, clock)
        self._ask_again_on = ask_again_on
        self._rest = Rest()
        self._on_rest = on_rest

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """See `Proposer.propose`. Finished only when every part was judged to be done."""
        tree = self._store.load() or self._kept(GoalTree.of(self._goal, len(history)))
        for _ in range(CHANGES_AT_ONCE):
            found = self._step(tree, observation, history)
            if isinstance(found, Proposal):
                return found
            tree = self._kept(found)
        return Proposal(None, f"The parts of {self._goal!r} come to no end.")

    def _kept(self, tree: GoalTree) -> GoalTree:
        self._store.save(tree)
        return tree

    def _step(
        self, tree: GoalTree, observation: Observation, history: Sequence[TaskRecord]
    ) -> GoalTree | Proposal:
        """A proposal, or the tree after one change."""
        if tree.root.status is NodeStatus.PASSED:
            return self._end(tree, observation, len(history))
        if tree.root.status is NodeStatus.FAILED:
            return Proposal(None, f"{self._goal!r} could not be done: {tree.root.critique}")
        failed = tree.failed_node()
        if failed is not None:
            return self._replace(tree, failed, observation, history)
        node = tree.next()
        if node is None:
            return Proposal(None, f"Nothing is left to do for {self._goal!r}, and it is not done.")
        if node.goal is None:
            return self._split(tree, node, "", observation, history)
        outcome = self._player.play(node, node.goal, observation, history)
        if outcome.task is not None:
            return Proposal(outcome.task)
        if outcome.passed:
            return tree.passed(node.number, len(history))
        return tree.failed(node.number, short(outcome.critique, REASON_CHARACTERS))

    def _end(self, tree: GoalTree, observation: Observation, tasks: int) -> GoalTree | Proposal:
        lost = lost_leaf(tree, observation, self._tech_tree, self._reach)
        if lost is None:
            done = ", ".join(node.description.rstrip(".") for node in tree.children(1))
            reason = short(f"every part of {self._goal!r} was done: {done}", REASON_CHARACTERS)
            return Proposal(None, reason, finished=True)
        if tree.root.revisions >= REVISIONS_AT_MOST:
            return Proposal(None, f"{lost.description!r} was done and what came of it was lost.")
        return tree.again(lost.number, "it was done, and what came of it was lost", tasks)

    def _replace(
        self,
        tree: GoalTree,
        failed: GoalNode,
        observation: Observation,
        history: Sequence[TaskRecord],
    ) -> GoalTree | Proposal:
        """What is left of the parent's parts is replaced, or the parent has failed too."""
        parent = tree.node(failed.parent or tree.root.number)
        critique = f"{failed.description!r} failed: {failed.critique}"
        if parent.revisions >= REVISIONS_AT_MOST or tree.room() < 1:
            return tree.failed(parent.number, short(critique, REASON_CHARACTERS))
        return self._split(tree, parent, critique, observation, history)

    def _split(
        self,
        tree: GoalTree,
        node: GoalNode,
        critique: str,
        observation: Observation,
        history: Sequence[TaskRecord],
    ) -> GoalTree | Proposal:
        """The tree with new parts of the node; something else to play when there are none."""
        waiting = self._pause.reason
        if not self._rest.over(len(history)):
            waiting = "its last answers could not be used"
        if waiting:
            return self._serve(tree, waiting, observation, history)
        try:
            parts = self._decomposer.parts(tree, node, observation, critique)
        except GoalError as error:
            self._on_rest(self._rest.begin(len(history), str(error)), str(error))
            return self._serve(tree, str(error), observation, history)
        except self._fall_back_on as error:
            if not isinstance(error, self._ask_again_on):
                self._pause.begin(str(error))
            return self._serve(tree, str(error), observation, history)
        self._rest.end()
        return self._with_parts(tree, node, parts, critique, len(history))

    def _with_parts(
        self, tree: GoalTree, node: GoalNode, parts: Sequence[Part], critique: str, tasks: int
    ) -> GoalTree:
        change = tree.revised if critique else tree.split
        changed = self._kept(change(node.number, parts, tasks))
        self._tell(node.description, parts_described(parts), critique)
        return changed

    def _serve(
        self, tree: GoalTree, why: str, observation: Observation, history: Sequence[TaskRecord]
    ) -> Proposal:
        """While the model cannot be asked: a step to an item that some leaf wants, or any."""
        reason = short(f"Not by the model ({why.rstrip('.')}).", REASON_CHARACTERS)
        for node in tree.leaves():
            if node.status is NodeStatus.OPEN and isinstance(node.goal, InventoryHas):
                task = self._player.play(node, node.goal, observation, history).task
                if task is not None:
                    return Proposal(replace(task, why=f"{task.why}. {reason}"))
        other = self._fallback.propose(observation, history)
        if other.task is None:
            return Proposal(None, f"{other.reason} {reason}".strip())
        proposer = f"{other.task.proposer} instead of {PROPOSER}"
        why_now = f"{other.task.why.rstrip('.')}. {reason}".removeprefix(". ")
        task = replace(other.task, why=why_now, proposer=proposer)
        return Proposal(task)
