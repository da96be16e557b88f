"""Finding skills by meaning, and an index that stays in step with the database whatever happens."""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import skills.index
from skills import SkillStatus
from skills.embedding import MiniLmEmbedder
from skills.errors import EmbedderError, IndexUnusableError
from skills.index import SkillIndex
from skills.index_document import IndexDocument, document_of, yields_of
from tests.skills.homes import make_skill

PROJECT = Path(__file__).parents[2]
DESCRIPTIONS = {
    "mineWoodLogs": "Chop trees for logs.",
    "craftPlanks": "Craft planks from logs.",
    "craftWoodenPickaxe": "Craft a wooden pickaxe from planks and sticks.",
    "mineCobblestone": "Dig stone with a pickaxe to get cobblestone.",
    "craftFurnace": "Craft a furnace from eight cobblestone.",
    "mineIronOre": "Dig iron ore underground; gives raw iron.",
    "smeltIronIngot": "Smelt raw iron in a furnace to an iron ingot.",
    "killZombie": "Fight a zombie with the best sword until it is dead.",
    "huntCow": "Kill a cow for raw beef and leather.",
    "cookBeef": "Cook raw beef in a furnace to steak.",
    "sleepInBed": "Place a bed and sleep until the morning.",
    "storeItemsInChest": "Put items that are not needed now into a chest.",
}
QUERIES = {
    "collect some wood": "mineWoodLogs",
    "make wooden boards": "craftPlanks",
    "build a tool to dig stone with": "craftWoodenPickaxe",
    "gather stone blocks": "mineCobblestone",
    "I need something to smelt with": "craftFurnace",
    "obtain raw iron": "mineIronOre",
    "turn ore into metal ingots": "smeltIronIngot",
    "defeat an undead monster": "killZombie",
    "get leather from an animal": "huntCow",
    "prepare cooked food": "cookBeef",
    "pass the night": "sleepInBed",
    "free up inventory space": "storeItemsInChest",
}


@pytest.fixture
def filled(home):
    library = home.open()
    for name, description in DESCRIPTIONS.items():
        library.add(make_skill(name, description))
    library.sync_index()
    return library


def found(library, text: str, **options) -> list[str]:
    return [skill.name for skill, _ in library.search(text, **options)]


def test_descriptions_are_found_by_what_they_mean(filled):
    first = [query for query, name in QUERIES.items() if found(filled, query)[0] == name]
    among = [query for query, name in QUERIES.items() if name in found(filled, query, limit=3)]
    assert len(first) >= 9, set(QUERIES) - set(first)
    assert len(among) >= 10, set(QUERIES) - set(among)


def test_results_are_best_first_with_their_similarity(filled):
    results = filled.search("Chop trees for logs.", limit=20)
    scores = [score for _, score in results]
    assert len(results) == 12
    assert scores == sorted(scores, reverse=True)
    assert 0.7 < scores[0] <= 1.0001
    assert filled.search("wood", limit=0) == filled.search(" ") == []


def test_only_skills_of_the_status_asked_for_are_found(filled):
    filled.set_status("killZombie", SkillStatus.QUARANTINED)
    assert "killZombie" not in found(filled, "kill a zombie", limit=12)
    assert found(filled, "anything", status=SkillStatus.QUARANTINED) == ["killZombie"]
    assert "killZombie" in found(filled, "kill a zombie", status=None)


def test_inside_a_transaction_an_index_that_is_behind_finds_nothing_outdated(filled):
    filled._connection.execute("BEGIN")
    filled.add(make_skill("huntCow", "Breed cows.", body="2"))
    filled.set_status("killZombie", SkillStatus.RETIRED)
    results = found(filled, "kill a zombie or a cow", limit=12)
    filled._connection.execute("ROLLBACK")
    assert len(results) == 10
    assert not {"huntCow", "killZombie"} & set(results)
    assert found(filled, "kill a zombie", limit=1) == ["killZombie"]


def test_the_index_follows_new_versions(filled):
    filled.add(make_skill("huntCow", "Breed sheep and shear them for wool.", body="2"))
    assert filled.check() == ["The search index lacks huntCow@2; the next play adds it."]
    ((skill, _),) = filled.search("wool from sheep", limit=1)
    assert (skill.name, skill.version) == ("huntCow", 2)
    assert filled.check() == []


class NoEmbedder(MiniLmEmbedder):
    """One that may not be asked."""

    def __call__(self, input):
        raise AssertionError("embedded again")


def test_being_in_step_embeds_nothing(home, filled):
    home.close()
    library = home.open(NoEmbedder())
    library.sync_index()
    library.sync_index()
    assert library.check() == []


def test_an_index_opened_ahead_in_a_thread_is_the_one_that_is_used(home, filled):
    home.close()
    library = home.open()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(library.open_index_ahead).result(60)
    assert home.index.is_open
    assert found(library, "collect some wood", limit=1) == ["mineWoodLogs"]
    library.close()
    assert home.open().check() == []


def test_what_fails_when_an_index_is_opened_ahead_heals_at_the_first_use(home, filled):
    home.close()
    (home.index_folder / "vectors.db").write_bytes(b"nothing of the kind")
    library = home.open()
    library.open_index_ahead()
    assert found(library, "collect some wood", limit=1) == ["mineWoodLogs"]
    assert library.check() == []


def test_a_death_between_the_commit_and_the_index_is_made_good(home, filled):
    filled.add(make_skill("milkCow", "Use a bucket on a cow to get milk."))
    home.close()
    library = home.open()
    assert library.check() == ["The search index lacks milkCow@1; the next play adds it."]
    library.sync_index()
    assert library.check() == []
    assert found(library, "get milk", limit=1) == ["milkCow"]


def test_an_older_database_put_back_takes_its_skills_back(home, filled):
    with sqlite3.connect(home.folder / "copy.db") as copy:
        filled._connection.backup(copy)
    filled.add(make_skill("milkCow", "Use a bucket on a cow to get milk."))
    filled.sync_index()
    home.close()
    (home.folder / "copy.db").replace(home.folder / "voyager.db")
    library = home.open()
    library.sync_index()
    assert library.check() == []
    assert "milkCow" not in found(library, "get milk", limit=12)


@pytest.mark.parametrize("opened", [False, True], ids=["closed", "open"])
def test_a_deleted_index_is_built_anew(home, filled, opened):
    library = filled
    if not opened:
        home.close()
        library = home.open()
    shutil.rmtree(home.index_folder)
    assert "is not there" in library.check()[0]
    assert found(library, "collect some wood", limit=1) == ["mineWoodLogs"]
    assert library.check() == []


def damage(path: Path, how: str) -> None:
    if how == "emptied":
        path.write_bytes(b"")
    elif how == "overwritten":
        path.write_bytes(b"\xff" * max(path.stat().st_size, 4096))
    elif how == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        path.unlink()


@pytest.mark.parametrize("how", ["emptied", "overwritten", "cut", "removed"])
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "killed"])
def test_a_damaged_index_is_built_anew(home, filled, how, closed):
    folder = home.index_folder
    if closed:
        home.close()
    else:  # as a process leaves its files that is killed: with a log beside them
        folder = home.folder / "killed"
        shutil.copytree(home.index_folder, folder)
        home.close()
        shutil.rmtree(home.index_folder)
        home.index_folder = folder
    every = {file.name for file in folder.glob("vectors.db*")}
    assert len(every) == (1 if closed else 3)
    for chosen in [every, *({name} for name in sorted(every))]:
        for file in [path for path in folder.iterdir() if path.name in chosen]:
            damage(file, how)
        library = home.open()
        library.sync_index()
        assert found(library, "collect some wood", limit=1) == ["mineWoodLogs"]
        assert len(library.search("anything", limit=12)) == 12
        assert library.check() == []
        home.close()


def test_a_vector_that_is_none_is_made_again(home, filled):
    home.close()
    with contextlib.closing(sqlite3.connect(home.index_folder / "vectors.db")) as store, store:
        store.execute("UPDATE vectors SET vector = x'00'")
    assert found(home.open(), "collect some wood", limit=1) == ["mineWoodLogs"]
    home.close()
    with contextlib.closing(sqlite3.connect(home.index_folder / "vectors.db")) as store, store:
        store.execute("UPDATE vectors SET vector = zeroblob(4 * 384)")
    assert found(home.open(), "collect some wood", limit=1) == ["mineWoodLogs"]


def test_another_embedding_model_renews_every_vector(home, filled, monkeypatch):
    home.close()
    monkeypatch.setattr(type(home._embedder), "fingerprint", "another")
    library = home.open()
    assert len(library.check()) == 12
    library.sync_index()
    assert library.check() == []


def test_an_index_that_cannot_be_built_is_said_and_skills_still_load(home, filled):
    home.close()
    shutil.rmtree(home.index_folder)
    home.index_folder.touch()
    library = home.open()
    with pytest.raises(IndexUnusableError, match="index"):
        library.sync_index()
    assert len(library.list()) == 12
    assert library.closure(["huntCow"])


def test_while_another_has_the_index_open_a_search_finds_the_same(home, filled):
    other = home.open()
    scores, same = (
        {skill.name: score for skill, score in one.search("get milk", limit=12)}
        for one in (filled, other)
    )
    assert len(scores) == 12
    assert scores == pytest.approx(same, abs=1e-5)
    assert other.check() == []
    other.add(make_skill("milkCow", "Use a bucket on a cow to get milk."))
    assert found(other, "get milk", limit=1) == found(filled, "get milk", limit=1) == ["milkCow"]
    assert other.check() == filled.check() == []


PROCESS = """
    import sys
    from pathlib import Path
    from skills.embedding import MiniLmEmbedder
    from tests.skills.homes import Home, make_skill

    home = Home(Path(sys.argv[1]), MiniLmEmbedder())
    library, number = home.open(), int(sys.argv[2])
    for turn in range(12):
        name = f"skill{number}Of{turn}"
        library.add(make_skill(name, f"Counts the sheep of meadow {number * 100 + turn}."))
        assert library.search(f"sheep of meadow {number * 100 + turn}", limit=1)
    home.close()
"""


def test_processes_that_add_and_search_at_the_same_time_do_each_other_no_harm(home, filled):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(PROCESS), str(home.folder), str(number)],
            cwd=PROJECT,
        )
        for number in (1, 2)
    ]
    while any(process.poll() is None for process in processes):
        assert found(filled, "collect some wood", limit=1) == ["mineWoodLogs"]
    assert [process.returncode for process in processes] == [0, 0]
    filled.sync_index()
    assert len(filled.search("count sheep", limit=100)) == 36
    assert filled.check() == []


def test_two_indexes_in_memory_do_not_see_each_other(embedder):
    one, two = SkillIndex(None, embedder), SkillIndex(None, embedder)
    one.replace([IndexDocument("mineLogs", 1, SkillStatus.VERIFIED, "mine logs")])
    two.replace([])
    assert [name for name, _, _ in one.search("logs", 3)] == ["mineLogs"]
    assert two.search("logs", 3) == []
    one.close()
    two.close()


def test_skills_with_the_same_text_are_all_found_each_as_it_is(embedder):
    index = SkillIndex(None, embedder)
    index.replace(
        [
            IndexDocument("mineLogs", 1, SkillStatus.VERIFIED, "mine logs"),
            IndexDocument("mine_logs", 4, SkillStatus.CANDIDATE, "mine logs"),
        ]
    )
    assert [hit[:2] for hit in index.search("logs", 3)] == [("mineLogs", 1), ("mine_logs", 4)]
    assert [hit[0] for hit in index.search("logs", 3, [SkillStatus.CANDIDATE])] == ["mine_logs"]
    index.change([], ["mine_logs"])
    assert [hit[0] for hit in index.search("logs", 3)] == ["mineLogs"]
    index.close()


def test_a_document_holds_names_and_yields_in_words_and_no_number():
    learned = {"uses": 7, "yields": {"raw_iron": {"least": 1}}, "sometimes": {"flint": {}}}
    document = document_of(
        "craftTNTFrom_sand",
        1,
        "verified",
        "Makes TNT.",
        "To blow up.",
        yields_of("inventory_gained", "tnt", json.dumps(learned)),
        ["bigBang"],
    )
    assert document.text.splitlines() == [
        "get tnt, raw iron, flint: craft tnt from sand",
        "also called big bang",
        "Makes TNT.",
        "To blow up.",
    ]
    assert [*yields_of("killed", "zombie", None)] == []


class HeldEmbedder(MiniLmEmbedder):
    """Embeds what it is told to while it is held back: the rest waits, or fails."""

    def __init__(self, *let_through: str):
        super().__init__()
        self.let_through = let_through
        self.held = threading.Event()
        self.broken = False

    def __call__(self, input):
        if not all(text in self.let_through for text in input):
            assert self.held.wait(60)
            if self.broken:
                raise EmbedderError("Out of order.")
        return super().__call__(input)


MILK_COW = "get milkcow: milk cow\nUse a bucket to get milk."


@pytest.fixture
def many(home, monkeypatch):
    """A library of skills that are more than are embedded at once, and who embeds them."""
    monkeypatch.setattr(skills.index, "MADE_AT_ONCE", 4)
    embedder = HeldEmbedder("collect some wood", "get milk", MILK_COW)
    library = home.open(embedder)
    for name, description in DESCRIPTIONS.items():
        library.add(make_skill(name, description))
    yield library, embedder
    embedder.held.set()


def test_while_many_skills_are_embedded_the_rest_goes_on(home, many):
    library, embedder = many
    assert library.sync_index() == 12
    assert found(library, "collect some wood") == []
    library.add(make_skill("milkCow", "Use a bucket to get milk."))
    assert found(library, "get milk") == ["milkCow"]
    assert library.sync_index() == 12
    embedder.held.set()
    told: list[int] = []
    library.finish_index(told.append)
    assert found(library, "collect some wood", limit=1) == ["mineWoodLogs"]
    assert library.sync_index() == 0
    assert library.check() == []
    assert all(0 < left <= 12 for left in told)


def test_what_stops_the_embedding_is_told_once_and_it_is_tried_again(home, many):
    library, embedder = many
    embedder.broken = True
    embedder.held.set()
    with pytest.raises(EmbedderError, match="Out of order"):
        library.finish_index()
    embedder.broken = False
    library.finish_index()
    assert len(library.search("anything", limit=20)) == 12


def test_closing_does_not_wait_for_all_that_is_still_to_be_embedded(home, many):
    library, embedder = many
    library.sync_index()
    threading.Timer(0.05, embedder.held.set).start()
    library.close()
    assert library.search("collect some wood", limit=1) is not None


def test_a_process_killed_while_it_fills_the_index_leaves_one_that_heals(home):
    script = """
        import os, sys
        from pathlib import Path
        from skills.embedding import MiniLmEmbedder
        from tests.skills.homes import Home, make_skill

        class Dying(MiniLmEmbedder):
            batches = 0
            def __call__(self, input):
                self.batches += 1
                if self.batches == 12:
                    os._exit(9)
                return super().__call__(input)

        library = Home(Path(sys.argv[1]), Dying()).open()
        for number in range(150):
            library.add(make_skill(f"skill{number}", f"Does thing number {number}."))
        library.sync_index()
    """
    process = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(home.folder)],
        cwd=PROJECT,
        timeout=250,
        check=False,
    )
    assert process.returncode == 9
    library = home.open()
    missing = library.check()
    assert 0 < len(missing) < 150
    assert all("lacks" in sentence for sentence in missing)
    library.sync_index()
    assert library.check() == []
    assert found(library, "thing number 150", limit=1) != []
