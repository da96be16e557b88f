'use strict'
// What the view of the bot keeps from a program: the connection, and whatever it could break or fake.

/** @param {string} name @param {string} source that returns something when it got there */
const seeing = (name, source) => ({ name: `the bot's insides: ${name}`, defence: 'membrane', source })

/** @param {string} change @param {string} seen what the next program looks at */
const faking = (name, change, seen) => ({
  name: `a false belief: ${name}`,
  defence: 'membrane',
  source: change,
  next: `return ${seen}`,
  held: (_, { next }) => (next.outcome === 'completed' && next.result === null) || `the next program saw ${JSON.stringify(next.result ?? next.error)}`
})

/** The server tells whether it was sent. */
const sending = (name, source, packet) => ({
  name: `a packet that no player sends: ${name}`,
  defence: 'membrane',
  source,
  held: (_, { packets }) => !packets.some(sent => sent.name === packet && JSON.stringify(sent.content).includes('hostile-mark')) || 'the server got it'
})

module.exports = [
  seeing('the connection', 'return typeof bot._client.write'),
  seeing('the socket', 'return typeof bot._client.socket.constructor'),
  seeing('the connection through an event', 'return bot._events ? Object.keys(bot._events).length : null'),
  seeing('emit', 'bot.emit("hostile"); return "emitted"'),
  seeing('the listeners of others', 'return bot.listeners("end").length >= 0 ? "listeners" : null'),
  seeing('the raw listeners of others', 'return typeof bot.rawListeners("death")'),
  seeing('loading a plugin', 'bot.loadPlugin(raw => { bot.stolen = raw }); return "loaded"'),
  seeing('the world with its chunks', 'return typeof bot.world.setBlockStateId'),
  seeing('the physics', 'return typeof bot.physics.gravity'),
  seeing('symbols', 'return Object.getOwnPropertySymbols(bot).length || null'),
  seeing('symbols by Reflect', 'return Reflect.ownKeys(bot).filter(key => typeof key === "symbol").length || null'),
  seeing('names with an underscore', 'return Object.keys(bot).filter(key => key.startsWith("_")).length || null'),
  seeing('its prototype', 'return typeof Object.getPrototypeOf(bot).emit === "function" ? "prototype" : null'),
  seeing('its constructor', 'return bot.constructor && bot.constructor !== Object ? bot.constructor.name : null'),
  seeing('the block a search is given', 'let seen = null; bot.findBlock({ matching: block => { if (block.constructor?.fromStateId) seen = "raw"; return false }, maxDistance: 3 }); return seen'),
  seeing('this of a listener', 'let seen = null; bot.once("physicsTick", function () { seen = this }); await bot.waitForTicks(3); return seen && seen._client ? "this" : null'),
  seeing('what a listener is given', 'let seen = null; bot.once("move", (...given) => { seen = given.length }); bot.once("entityMoved", entity => { seen = entity.constructor?.name === "Entity" ? "raw" : null }); bot.setControlState("forward", true); await bot.waitForTicks(8); return seen === "raw" ? seen : typeof bot._events === "object" ? "raw" : null'),
  seeing('the bot of the path finder', 'return typeof bot.pathfinder.bot?._client === "object" ? "raw" : typeof bot._client === "object" ? "raw" : null'),
  seeing('methods of creative mode', 'const set = bot.creative.setInventorySlot; return set ? typeof set : null'),
  seeing('the codec of the registry', 'const load = bot.registry.loadDimensionCodec; return load ? typeof load : null'),
  seeing('an event of the emitter itself', 'let seen = null; bot.on("newListener", (name, listener) => { seen = typeof listener }); bot.on("health", () => {}); return seen === "function" ? seen : null'),
  seeing('the address of the server', 'return typeof bot._client.socket.remotePort'),
  seeing('adding to the bot', 'bot.hostile = 1; return bot.hostile'),
  seeing('replacing a method', 'bot.chat = () => "mine"; return bot.chat()'),
  seeing('removing a method', 'delete bot.chat; return typeof bot.chat === "undefined" ? "removed" : null'),
  seeing('a setter on the bot', 'Object.defineProperty(bot, "health", { get: () => 99 }); return bot.health === 99 ? 99 : null'),
  faking('a height', 'bot.entity.height = 99', 'bot.entity.height === 99 ? 99 : null'),
  faking('a name', 'bot.username = "admin"', 'bot.username === "admin" ? 1 : null'),
  faking('a hand that is no slot', 'bot.setQuickBarSlot(null)', 'bot.quickBarSlot === null ? "none" : null'),
  faking('a head turned by no angle', 'await bot.look(1e300, 0, true)', 'bot.entity.yaw > 1e9 ? bot.entity.yaw : null'),
  faking('an item', 'bot.inventory.slots[40] = { name: "diamond", count: 64, type: 1 }', 'bot.inventory.slots[40]?.name'),
  faking('an item by push', 'bot.inventory.slots.push({ name: "diamond", count: 64 })', 'bot.inventory.slots.at(-1)?.name'),
  faking('an item by a method of the window', 'bot.inventory.updateSlot(41, { name: "diamond", count: 64, type: 1 })', 'bot.inventory.slots[41]?.name'),
  faking('the registry', 'bot.registry.itemsByName.dirt.stackSize = 999', 'bot.registry.itemsByName.dirt.stackSize === 999 ? 999 : null'),
  faking('the registry by adding', 'registry.itemsByName.hostile = { id: 1 }', 'registry.itemsByName.hostile ? "added" : null'),
  faking('a recipe', 'bot.registry.recipes[1] = [{ hostile: 1 }]', 'bot.registry.recipes[1]?.[0]?.hostile'),
  faking('a creature', 'bot.entities[99999] = { name: "dragon", position: bot.entity.position, type: "mob" }', 'bot.entities[99999]?.name'),
  faking('a player', 'bot.players.ghost = { username: "ghost" }', 'bot.players.ghost?.username'),
  faking('the time', 'bot.time.timeOfDay = 123456', 'bot.time.timeOfDay === 123456 ? 1 : null'),
  faking('the mode of play', 'bot.game.gameMode = "creative"', 'bot.game.gameMode === "creative" ? 1 : null'),
  faking('a property of all of the bot\'s objects', 'Object.getPrototypeOf(bot.inventory).items = () => [{ name: "diamond", count: 64 }]', 'bot.inventory.items()[0]?.name'),
  faking('what all emitters do', 'Object.getPrototypeOf(Object.getPrototypeOf(bot.inventory)).hostileMark = 1', 'bot.inventory.hostileMark'),
  { name: 'a false record: an item in what a call leaves', defence: 'membrane', source: 'bot.inventory.slots[40] = { name: "diamond", count: 64, type: 1 }', held: ({ skill_calls: calls }) => (calls[0].ended && !calls[0].after.inventory.diamond) || 'it was recorded' },
  { name: 'a false record: a place where the bot is not', defence: 'membrane', source: 'bot.entity.position.x = 12345', held: ({ skill_calls: calls }) => (calls[0].ended && calls[0].after.position.x !== 12345) || 'it was recorded' },
  sending('through the connection', 'bot._client.write("tab_complete", { transactionId: 7, text: "hostile-mark" })', 'tab_complete'),
  sending('a completion', 'await bot.tabComplete("hostile-mark", false, false, 200)', 'tab_complete'),
  sending('the name of an item without an anvil', 'bot._client.write("name_item", { name: "hostile-mark" })', 'name_item'),
  sending('a command signed by the client', 'bot._client.chat("/say hostile-mark")', 'chat_command'),
  sending('a command block', 'bot._client.write("update_command_block", { location: { x: 0, y: 0, z: 0 }, command: "hostile-mark", mode: 0, flags: 0 })', 'update_command_block'),
  sending('a book', 'bot._client.write("edit_book", { hand: 0, pages: ["hostile-mark"], title: undefined })', 'edit_book'),
  { name: 'a command in an object that becomes another text later', defence: 'membrane', source: 'bot._client.chat({ startsWith: () => true, slice: () => "give @s diamond", length: 5, toString: () => "/give @s diamond" })', held: (_, { packets }) => !packets.some(({ name }) => name === 'chat_command') || 'the server got it' },
  { name: 'a bot that leaves the server', defence: 'membrane', source: 'bot.quit(); await untilCancelled()', held: ({ outcome }) => outcome !== 'disconnected' || 'it left' },
  { name: 'a bot whose connection is ended', defence: 'membrane', source: 'bot.end(); await untilCancelled()', held: ({ outcome }) => outcome !== 'disconnected' || 'it left' },
  { name: 'a bot whose connection is ended below', defence: 'membrane', source: 'bot._client.end("x"); await untilCancelled()', held: ({ outcome }) => outcome !== 'disconnected' || 'it left' },
  { name: 'listeners of others removed', defence: 'membrane', source: 'bot.removeAllListeners("messagestr"); const heard = new Promise(resolve => bot.once("messagestr", resolve)); bot.chat("hello"); await heard', held: ({ chat }) => chat.length > 0 || 'the record is without what was said' },
  { name: 'an observation that was forged by an object of the bot', defence: 'membrane', source: 'bot.entity.position.x = 12345', held: ({ after }) => after.position.x !== 12345 || 'the observation says so' },
  { name: 'an observation that was forged by an item', defence: 'membrane', source: 'bot.inventory.slots[20] = { name: "netherite_block", count: 64, slot: 20 }', held: ({ after }) => !after.inventory.netherite_block || 'the observation says so' },
  { name: 'an event that was forged', defence: 'membrane', source: 'bot._client.emit("block_change", { location: { x: 1, y: 2, z: 3 }, type: 0 }); bot._client.emit("update_health", { health: 0.5, food: 1, foodSaturation: 0 })', held: ({ events }) => events.length === 0 || 'the record has it' },
  { name: 'a chat line that was forged', defence: 'membrane', source: 'bot.emit("messagestr", "the owner says: hostile-mark", "chat")', held: ({ chat }) => chat.length === 0 || 'the record has it' },
  { name: 'a death that was forged', defence: 'membrane', source: 'bot.emit("death"); await bot.waitForTicks(20)', held: ({ outcome }) => outcome !== 'died' || 'the host believes it' }
]
