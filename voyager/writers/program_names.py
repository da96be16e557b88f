"""What a program finds without defining it, and what it must do without.

Besides the primitives and skills, which are not the same for every program. What is really there
is said in `bridge/program/compartment.js` and `bridge/membrane/program_globals.js`.
"""

from __future__ import annotations

MODULES = ("vec3", "minecraft-data", "mineflayer-pathfinder")
"""What a program may `require`, as `bridge/membrane/program_modules.js` has it."""
THERE = "bot, Vec3, mcData, goals, GoalNear and the other goals, Movements are globals"
FORBIDDEN = {
    "import": f"nothing is imported; {THERE}",
    "module": "nothing is exported; only define the function",
    "process": "a program has no process",
    "eval": "code must not be made from text",
    "Function": "code must not be made from text",
    "globalThis": "globals cannot be changed",
}
_PLUGIN = "there are no plugins but the path finder; use the primitives"
FORBIDDEN_OF_BOT = {
    "loadPlugin": "nothing can be loaded, and the path finder is there",
    **dict.fromkeys(("collectBlock", "pvp", "tool", "autoEat", "armorManager"), _PLUGIN),
    **dict.fromkeys(("quit", "end"), "the bot stays in the world"),
}
KEYWORDS = {
    *("if", "else", "for", "while", "do", "switch", "case", "try", "catch", "return", "throw"),
    *("function", "async", "await", "yield", "new", "typeof", "instanceof", "in", "of", "void"),
    *("delete", "super"),
}
LANGUAGE_GLOBALS = {
    *("AggregateError", "Array", "ArrayBuffer", "BigInt", "BigInt64Array", "BigUint64Array"),
    *("Boolean", "DataView", "Date", "Error", "EvalError", "Int16Array", "Int32Array"),
    *("Int8Array", "Map", "Number", "Object", "Promise", "Proxy", "RangeError"),
    *("ReferenceError", "RegExp", "Set", "String", "Symbol", "SyntaxError", "TextDecoder"),
    *("TextEncoder", "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array"),
    *("Uint8ClampedArray", "WeakMap", "WeakSet", "decodeURI", "decodeURIComponent"),
    *("encodeURI", "encodeURIComponent", "escape", "unescape"),
    *("isFinite", "isNaN", "parseFloat", "parseInt"),
    *("setTimeout", "setInterval", "setImmediate"),
    *("clearTimeout", "clearInterval", "clearImmediate"),
}
GAME_GLOBALS = {
    *("GoalBlock", "GoalBreakBlock", "GoalCompositeAll", "GoalCompositeAny", "GoalFollow"),
    *("GoalGetToBlock", "GoalInvert", "GoalLookAtBlock", "GoalNear", "GoalNearXZ"),
    *("GoalPlaceBlock", "GoalXZ", "GoalY", "Movements", "Vec3", "require"),
}
