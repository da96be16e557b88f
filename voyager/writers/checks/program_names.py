"""What a program finds without defining it, and what it must do without.

Besides the primitives and skills, which are not the same for every program. What is really there
is said in `bridge/program/compartment.js` and `bridge/membrane/program_globals.js`.
"""

from __future__ import annotations

MODULES = ("vec3", "minecraft-data", "mineflayer-pathfinder")
"""What a program may `require`, as `bridge/membrane/program_modules.js` has it."""
THERE = "bot, Vec3, mcData, goals, GoalNear and the other goals, Movements are globals"
_EXPORTS = "nothing is exported; only define the function"
FORBIDDEN = {
    "module": _EXPORTS,
    "exports": _EXPORTS,
    "process": "a program has no process",
    "eval": "code must not be made from text",
    "Function": "code must not be made from text",
    "globalThis": "globals cannot be changed",
    "fetch": "a program reaches nothing but the game",
    "Buffer": "there is Uint8Array",
    "mineflayer": "the bot has joined already; use bot",
    "pathfinder": "the path finder is loaded; use bot.pathfinder",
    "structuredClone": "use JSON.parse(JSON.stringify(value))",
    "queueMicrotask": "use setTimeout",
}
"""What has no place in a program, and why."""
_PLUGIN = "there are no plugins but the path finder; use the primitives"
FORBIDDEN_OF_BOT = {
    "loadPlugin": "nothing can be loaded, and the path finder is there",
    **dict.fromkeys(("collectBlock", "pvp", "tool", "autoEat", "armorManager"), _PLUGIN),
    **dict.fromkeys(("quit", "end"), "the bot stays in the world"),
}
LANGUAGE_GLOBALS = {
    *("AggregateError", "Array", "ArrayBuffer", "BigInt", "BigInt64Array", "BigUint64Array"),
    *("Boolean", "DataView", "Date", "Error", "EvalError", "Infinity", "Int16Array", "Int32Array"),
    *("Int8Array", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object", "Promise"),
    *("Proxy", "RangeError", "ReferenceError", "Reflect", "RegExp", "Set", "String", "Symbol"),
    *("SyntaxError", "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array"),
    *("Uint8ClampedArray", "WeakMap", "WeakSet", "decodeURI", "decodeURIComponent"),
    *("encodeURI", "encodeURIComponent", "escape", "isFinite", "isNaN", "parseFloat", "parseInt"),
    *("performance", "undefined", "unescape"),
}
"""Of the language, in a compartment; those in FORBIDDEN are there too."""
GAME_GLOBALS = {
    *("Movements", "Vec3", "bot", "goals", "mcData", "registry", "require", "console"),
    *("setTimeout", "setInterval", "setImmediate"),
    *("clearTimeout", "clearInterval", "clearImmediate"),
}
"""Besides the goals, which the host lists."""
