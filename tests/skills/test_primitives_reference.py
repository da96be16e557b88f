"""What is read from a primitive's JavaScript."""

from skills.primitives_reference import primitives_folder, primitives_reference

CRAFT_ITEM = """'use strict'

/** Helps. */
function helper (context) { return 1 }

/**
 * Crafts until `count` more exist,
 * at a table when needed.
 * @brief For tools,
 *   not for ores.
 * @param {import('./support/context').Context} context
 * @param {string|string[]} name an item or a family
 * @param {{ near: Vec3, tags: string[] }} [options={}] - where
 * @param {string} [fuel] what to burn
 * @returns {Promise<{ item: string, crafted: Object<string, number> }>} what was made
 * @throws `timeout`
 */
async function craftItem (context, name, { near = [1, 2], tag = 'a,b)' } = {}, count = 1, fuel) {
  return helper(context)
}

module.exports = { craftItem }
"""


def test_signature_has_no_context_and_the_documentation_is_on_one_line(tmp_path):
    (tmp_path / "craftItem.js").write_text(CRAFT_ITEM)
    (reference,) = primitives_reference(tmp_path)
    assert reference.name == "craftItem"
    assert reference.signature == (
        "craftItem(name, { near = [1, 2], tag = 'a,b)' } = {}, count = 1, fuel?)"
    )
    assert reference.description == "Crafts until `count` more exist, at a table when needed."
    assert reference.is_async
    assert reference.parameters == (
        ("name", "an item or a family"),
        ("options", "where"),
        ("fuel", "what to burn"),
    )
    assert reference.returns == "{ item: string, crafted: Object<string, number> }"
    assert reference.typed_signature == (
        "craftItem(name: Names, { near = [1, 2], tag = 'a,b)' } = {}, count = 1, fuel?: string): "
        "{ item: string, crafted: Counts }"
    )
    assert (reference.brief, reference.throws) == ("For tools, not for ores.", "`timeout`")


def test_files_without_documentation_or_function_and_missing_folders_are_no_errors(tmp_path):
    (tmp_path / "countItem.js").write_text("function countItem (context) {}\n")
    (tmp_path / "index.js").write_text("module.exports = {}\n")
    (reference,) = primitives_reference(tmp_path)
    assert (reference.signature, reference.description, reference.is_async) == (
        "countItem()",
        "",
        False,
    )
    assert primitives_reference(tmp_path / "none") == ()


def test_every_primitive_of_the_project_is_documented():
    files = {file.stem for file in primitives_folder().glob("*.js")}
    references = primitives_reference()
    assert {reference.name for reference in references} == files
    assert [reference.name for reference in references if not reference.description] == []
    assert [reference.name for reference in references if not reference.brief] == []
