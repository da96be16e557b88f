"""Skills looked up by what they get."""

import json
import time
from dataclasses import replace

from skills import SkillStatus
from skills.offering import without_needless_candidates
from skills.versions import _SERVING, SERVING_ONE_ITEM
from tests.skills.homes import make_skill, open_connection
from tests.skills.uses import count_use, use

LOGS = {"type": "inventory_has", "name": "log", "count": 1}


def getting(library, *items):
    return [skill.name for skill in library.getting(items)]


def logs(name, **changes):
    return replace(make_skill(name), contract=LOGS, **changes)


def test_by_the_goal_or_by_what_every_success_yielded(library):
    library.add(logs("mineLogs"))
    library.add(make_skill("feedPigs"))
    library.uses.add(use({}, {"leather": 2}, name="feedPigs"))
    assert getting(library, "log", "leather") == ["feedPigs", "mineLogs"]
    assert getting(library, "beef") == []


def test_what_an_older_version_got_does_not_count(library):
    library.add(logs("mineLogs", source="async function mineLogs () { old }"))
    library.add(make_skill("mineLogs", body="new"))
    assert getting(library, "log") == []


def test_of_very_many_for_one_item_the_most_reliable_are_looked_at(library):
    for number in range(2 * SERVING_ONE_ITEM):
        library.add(logs(f"gather{number}"))
        count_use(library, f"gather{number}", passed=number >= SERVING_ONE_ITEM)
    wanted = [f"gather{number}" for number in range(SERVING_ONE_ITEM, 2 * SERVING_ONE_ITEM)]
    assert getting(library, "log") == sorted(wanted)


def test_what_cannot_be_loaded_gets_nothing(library):
    library.add(make_skill("findTrees"))
    library.add(logs("mineLogs", calls=("findTrees",)))
    assert getting(library, "log") == ["mineLogs"]
    library.ban("findTrees", "not here")
    assert getting(library, "log") == []


def test_a_look_up_reads_no_table_from_end_to_end(tmp_path):
    connection = open_connection(tmp_path)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {_SERVING}", (json.dumps(["log"]),))
    read = {row[3].split()[1] for row in plan if row[3].startswith("SCAN")}
    assert read.isdisjoint({"s", "v", "g", "y"}), read
    connection.close()


def test_needless_candidates_of_very_many_skills_are_told_at_once():
    many = []
    for number in range(20_000):
        contract = {**LOGS, "name": f"item{number % 7000}"}
        status = SkillStatus.CANDIDATE if number >= 10_000 else SkillStatus.VERIFIED
        many.append(replace(make_skill(f"get{number}"), contract=contract, status=status))
    begun = time.process_time()
    left = without_needless_candidates(many)
    assert time.process_time() - begun < 10  # each with each would be a hundred million
    assert len(left) == 10_000
