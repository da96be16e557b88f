"""The skills that a program needs: those it names and all that these call, callees first.

Covers the order, the circles, and what can be reached at all; finding a skill by its name is the
caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from skills.errors import SkillCycleError
from skills.skill import Skill


def in_dependency_order(
    names: Iterable[str], find: Callable[[str, str | None], Skill | None]
) -> list[Skill]:
    """Each skill once, after all that it calls; a skill may call itself.

    `find` is given a name and who calls it (None for the names given here), and answers None for
    what is no skill. Raises SkillCycleError, and what `find` raises.
    """
    ordered: dict[str, Skill] = {}
    # Depth first without recursion: the path to where we are, each with its calls left to do.
    path: list[tuple[Skill, Iterator[str]]] = []

    def enter(name: str) -> None:
        if name in ordered:
            return
        trail = [skill.name for skill, _ in path]
        if name in trail:
            raise SkillCycleError((*trail[trail.index(name) :], name))
        skill = find(name, trail[-1] if trail else None)
        if skill is not None:
            path.append((skill, iter(skill.calls)))

    for root in names:
        enter(root)
        while path:
            skill, calls = path[-1]
            call = next(calls, None)
            if call is None:
                ordered[skill.name] = skill
                path.pop()
            elif call != skill.name:
                enter(call)
    return list(ordered.values())


def callees_first(calls: Mapping[str, Sequence[str]]) -> list[str]:
    """The names given, each after those among them that it calls.

    Whatever stands in a circle comes in some order: for what is not going to be loaded.
    """
    ordered: dict[str, None] = {}
    entered: set[str] = set()
    for root in sorted(calls):
        path = [(root, iter(calls[root]))] if root not in entered else []
        entered.add(root)
        while path:
            name, left = path[-1]
            call = next((one for one in left if one in calls and one not in entered), None)
            if call is None:
                ordered[name] = None
                path.pop()
            else:
                entered.add(call)
                path.append((call, iter(calls[call])))
    return list(ordered)


def reached(roots: Iterable[str], arrows: Callable[[str], Iterable[str]]) -> list[str]:
    """All names that can be reached from these along the arrows, these first, the nearest next."""
    order = [*dict.fromkeys(roots)]
    seen = {*order}
    for name in order:
        new = [other for other in dict.fromkeys(arrows(name)) if other not in seen]
        order += new
        seen.update(new)
    return order
