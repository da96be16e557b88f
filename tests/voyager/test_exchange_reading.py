"""Libraries of others: told apart, rewritten, given a goal, looked over."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum import goal_to_json
from tests.voyager.exchanging import ScriptedGym, exchange_home
from tests.voyager.writing import GAME_DATA, READER
from voyager.errors import SettingsError
from voyager.exchange.claimed_goals import claimed_goal
from voyager.exchange.foreign_skill import LibraryFormat
from voyager.exchange.library_formats import description_of, format_of, read_library
from voyager.exchange.rewriting import rewrite
from voyager.exchange.voyager_form import for_voyager

DATA = Path(__file__).parents[1] / "data"


def _write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_js", ".js").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def _odyssey(folder: Path) -> Path:
    """A small library as Odyssey's is written: compositions, and primitives that they call."""
    return _write(
        folder / "skill",
        compositional__craftWoodenShovel_js="""async function craftWoodenShovel(bot) {
            await placeTableBeside(bot);
            await craftItem(bot, "wooden_shovel", 1);
        }""",
        compositional__digClay_js="""async function digClay(bot) {
            await equipAnySpade(bot);
            await mineBlock(bot, "clay", 1);
        }""",
        compositional__digSand_js="""async function digSand(bot) {
            if (seesSand(bot, 32)) await mineBlock(bot, "sand", 1);
        }""",
        primitive__seesSand_js="""function seesSand(bot, far) {
            return bot.findBlock({ matching: block => block.name === "sand", maxDistance: far });
        }""",
        primitive__placeTableBeside_js="""async function placeTableBeside(bot) {
            await placeItem(bot, "crafting_table", bot.entity.position.offset(1, 0, 0));
        }""",
        description__digClay_txt="Name: digClay; Description: This function digs a block of clay.",
    ).parent


def test_formats_are_told_apart(tmp_path):
    assert format_of(DATA / "voyager_library") is LibraryFormat.VOYAGER
    assert format_of(_odyssey(tmp_path / "odyssey")) is LibraryFormat.ODYSSEY
    hand = _write(tmp_path / "hand", dig_js="async function dig () {}")
    assert format_of(hand) is LibraryFormat.JAVASCRIPT
    assert format_of(hand / "dig.js") is LibraryFormat.JAVASCRIPT
    for nothing in (tmp_path / "none", tmp_path):
        with pytest.raises(SettingsError):
            format_of(nothing)


def test_of_numbered_versions_the_newest_is_taken(tmp_path):
    log = "async function mineLog(bot) {{ /* {} */ }}"
    _write(
        tmp_path,
        code__mineLog_js=log.format(1),
        code__mineLogV2_js=log.format(2),
        code__mineLogV10_js=log.format(10),
        code__engineV8_js="async function engineV8(bot) {}",
        description__mineLogV10_txt="async function mineLog(bot) {\n    // Mines it.\n}",
    )
    skills = {skill.name: skill for skill in read_library(tmp_path).skills}
    assert set(skills) == {"mineLog", "engineV8"}
    assert "10" in skills["mineLog"].source and skills["mineLog"].description == "Mines it."


def test_descriptions_are_plain_words():
    assert description_of("Name: a; Description:This does it.\n") == "This does it."
    assert description_of("async function a(bot) {\n    //  It\n    // does.\n}") == "It does."


def test_calls_are_rewritten_where_the_tree_says():
    source = """// 😀 mineBlock(bot, "a")
async function fetch(bot, n = 2) {
  await mineBlock(bot, "sand", await count(bot, n));
  await craftItem(bot, "stick", n);
  await smeltItem(bot, "beef", "coal", 3);
  await killMob(bot, "pig", 300);
  await mineWood(bot);
  await getItemFromChest(bot, new Vec3(1, 2, 3), { stick: 1 });
  bot.chat('craftItem(bot, "x")');
}
async function count(bot, n) { return n }
"""
    rewritten = rewrite(source, {"mineWood"}, READER, GAME_DATA)
    assert (
        rewritten.source
        == """// 😀 mineBlock(bot, "a")
async function fetch(n = 2) {
  await mineBlock("sand", await count(n));
  await craftItem("stick", (n) * 4);
  await smeltItem("beef", 3, "coal");
  await killMob("pig");
  await mineWood();
  await withdraw(new Vec3(1, 2, 3), { stick: 1 });
  bot.chat('craftItem(bot, "x")');
}
async function count(n) { return n }
"""
    )
    assert rewrite(rewritten.source, {"mineWood"}, READER, GAME_DATA).source == rewritten.source
    back = for_voyager("async function a () { await smeltItem('beef', 2, 'coal') }", (), READER)
    assert back == "async function a (bot) { await smeltItem(bot, 'beef', 'coal', 2) }"


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("mineThreeCoalOres", {"type": "inventory_gained", "name": "coal", "count": 3}),
        ("mineWoodLog", {"type": "inventory_gained", "name": "log", "count": 1}),
        ("craftOakPlanksAndSticks", {"type": "inventory_gained", "name": "stick", "count": 1}),
        ("smeltFiveRawIron", {"type": "inventory_gained", "name": "iron_ingot", "count": 5}),
        ("smeltSandIntoGlass", {"type": "inventory_gained", "name": "glass", "count": 1}),
        ("killTwoPigs", {"type": "killed", "name": "pig", "count": 2}),
        ("eatCookedPorkchop", {"type": "ate", "name": "cooked_porkchop"}),
        ("walkAbout", None),
    ],
)
def test_a_name_tells_the_goal(name, goal):
    claimed = claimed_goal(name, "", READER("async function x () {}"), GAME_DATA)
    assert (claimed and goal_to_json(claimed.goal)) == goal


def test_a_comment_tells_it_better():
    facts = READER("")
    for text in ("gain 3 dirt.", '{"type": "inventory_gained", "name": "dirt", "count": 3}'):
        comment = f"* Digs.\n * @goal {text}\n * @other"
        claimed = claimed_goal("mineCoal", comment, facts, GAME_DATA)
        assert claimed and claimed.goal.describe() == "gain 3 dirt"


def test_a_skill_that_works_from_one_start_only_is_a_candidate(tmp_path):
    body = "async function {0} (count = 2) {{ await mineBlock('dirt', count) }}"
    names = ("digDirt", "digSand", "digGravel")
    _write(tmp_path / "hand", **{f"{name}_js": body.format(name) for name in names})
    gym = ScriptedGym({"digSand": (8,), "digGravel": (8, 9)})
    with exchange_home(tmp_path / "home", gym) as home:
        report = home.take_in(tmp_path / "hand")
        assert not report.complete
        assert home.statuses() == {
            "digDirt": "verified",
            "digSand": "candidate",
            "digGravel": "quarantined",
        }
        assert {one.status for one in home.take_in(tmp_path / "hand").skills} == {"known"}


def test_what_is_assigned_and_never_declared_is_told_as_a_leak(tmp_path):
    file = tmp_path / "digDirt.js"
    file.write_text("// Digs.\nasync function digDirt () {\n  dug = await mineBlock('dirt')\n}\n")
    with exchange_home(tmp_path / "home") as home:
        [told] = home.take_in(file).skills
        assert told.status == "quarantined"
        assert [(one.kind, one.line) for one in told.findings] == [("global_leak", 3)]


def test_files_of_any_content_end_in_sentences(tmp_path):
    folder = tmp_path / "hand"
    folder.mkdir()
    (folder / "digDirt.js").write_bytes(b"\xff\xfe")
    (folder / "digSand.js").symlink_to("/etc/passwd")
    (folder / "x y.js").write_text("}{")
    (folder / "deep.js").write_text("(" * 15_000)
    with exchange_home(tmp_path / "home") as home:
        report = home.take_in(folder)
        assert {finding.skill for finding in report.findings} == {"digDirt", "digSand"}
        assert {one.status for one in report.skills} == {"refused", "quarantined"}
        file = tmp_path / "skills.json"
        for text in ("[" * 200_000, '{"a": ' * 100, "[]", "1e999"):
            file.write_text(text)
            with pytest.raises(SettingsError, match=r"\.$"):
                home.take_in(file)
        file.write_text('{"a": 1, "b": {"code": "\\ud800"}}')
        assert not home.take_in(file).complete


def test_odyssey_s_skills_call_its_own_and_what_lacks_is_told(tmp_path):
    library = _odyssey(tmp_path / "library")
    skills = {skill.name: skill for skill in read_library(library).skills}
    assert skills["digClay"].description == "This function digs a block of clay."
    with exchange_home(tmp_path / "home") as home:
        report = {one.name: one for one in home.take_in(library).skills}
        assert report["craftWoodenShovel"].status == "verified"
        assert report["placeTableBeside"].goal == "place 1 crafting_table (from its name)"
        assert report["digSand"].status == "verified"
        assert "function seesSand(far)" in home.library.get("digSand").source
        assert report["digClay"].findings[0].kind == "unknown_function"
        assert report["digClay"].findings[0].sentence in home.library.history("digClay")[-1].reason
