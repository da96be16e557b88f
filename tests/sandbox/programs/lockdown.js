'use strict'
// What the frozen language keeps from a program: constructors that make code, and objects that others use too.

const CODE = '"return process.pid"'

const making = (name, constructor) => ({ name: `code by the constructor of ${name}`, defence: 'lockdown', source: `return (${constructor})(${CODE})()` })

/** What one program changes of the language is there for the next, and for the bot itself. */
const changing = (name, change, seen) => ({
  name: `the language changed: ${name}`,
  defence: 'lockdown',
  source: `${change}`,
  next: `return ${seen}`,
  held: (_, { next }) => (next.outcome === 'completed' && next.result === null) || `the next program saw ${JSON.stringify(next.result ?? next.error)}`
})

module.exports = [
  making('a method of the bot', 'bot.chat.constructor'),
  making('a function of its own', '(function () {}).constructor'),
  making('an arrow function', '(() => 0).constructor'),
  { name: 'code by the constructor of an async function', defence: 'lockdown', source: `return await (async () => {}).constructor(${CODE})()` },
  { name: 'code by the constructor of a generator', defence: 'lockdown', source: `return (function * () {}).constructor(${CODE})().next().value` },
  { name: 'code by the constructor of an async generator', defence: 'lockdown', source: `return (await (async function * () {}).constructor(${CODE})().next()).value` },
  making('an array', '[].constructor.constructor'),
  making('an object of the bot', 'bot.entity.position.constructor.constructor'),
  making('a vector', 'new Vec3(0, 0, 0).constructor.constructor'),
  making('Vec3', 'Vec3.constructor'),
  making('a promise of the bot', 'bot.waitForTicks(1).constructor.constructor'),
  making('a primitive', 'mark.constructor'),
  making('console.log', 'console.log.constructor'),
  making('a symbol', 'Symbol().constructor.constructor'),
  making('a regular expression', '/x/.constructor.constructor'),
  making('a number', '(1).constructor.constructor'),
  making('a class', '(class {}).constructor'),
  making('a bound function', '(() => 0).bind().constructor'),
  making('a proxy of a function', 'new Proxy(() => 0, {}).constructor'),
  making('a prototype found by Reflect', 'Reflect.getPrototypeOf(bot.chat).constructor'),
  making('a getter', 'Object.getOwnPropertyDescriptor(Map.prototype, "size").get.constructor'),
  making('a typed array', 'new Uint8Array(1).constructor.constructor'),
  making('an iterator', '[][Symbol.iterator]().constructor.constructor'),
  making('a date', 'new Date().constructor.constructor'),
  making('a function of Math', 'Math.random.constructor'),
  making('the eval of the compartment', 'eval.constructor'),
  { name: 'code by the constructor of an error of the bot', defence: 'lockdown', source: `try { bot.chat(1) } catch (error) { return error.constructor.constructor(${CODE})() }` },
  { name: 'code by the constructor of an error of the engine', defence: 'lockdown', source: `try { null.x } catch (error) { return error.constructor.constructor(${CODE})() }` },
  { name: 'code by the constructor of a stack overflow', defence: 'lockdown', source: `const f = () => f(); try { f() } catch (error) { return error.constructor.constructor(${CODE})() }` },
  { name: 'code by the constructor of what a search is given', defence: 'lockdown', source: `let found; bot.findBlock({ matching: block => { found ??= block?.position?.constructor; return false }, maxDistance: 4 }); return found.constructor(${CODE})()` },
  { name: 'the frames of a stack', defence: 'lockdown', source: 'Error.prepareStackTrace = (_, frames) => typeof frames[0].getFunctionName; const seen = new Error("x").stack; return seen === "function" ? seen : null' },
  { name: 'the frames of the stack of the bot', defence: 'lockdown', source: 'let seen = null; Object.prototype.prepareStackTrace = Error.prepareStackTrace = (_, frames) => { seen = frames.length }; try { bot.chat(1) } catch (error) { error.stack } return seen' },
  changing('a property of all objects', 'Object.prototype.polluted = 1', '({}).polluted'),
  changing('a property of all objects by __proto__', '({}).__proto__.polluted2 = 1', '({}).polluted2'),
  changing('a property of all functions', 'Function.prototype.polluted3 = 1', '(() => 0).polluted3'),
  changing('concat of all arrays', 'Array.prototype.concat = () => "mine"', '[].concat() === "mine" || null'),
  changing('then of all promises', 'const { then } = Promise.prototype; Promise.prototype.then = function (...given) { Promise.prototype.seen = 1; return then.apply(this, given) }', 'Promise.prototype.seen'),
  changing('JSON', 'const { stringify } = JSON; JSON.stringify = (...given) => { JSON.seen = 1; return stringify(...given) }', 'JSON.seen'),
  changing('all vectors', 'Vec3.prototype.plus = () => "mine"', 'new Vec3(0, 0, 0).plus(new Vec3(0, 0, 0)) === "mine" || null'),
  changing('all errors', 'Error.prototype.toString = () => "mine"', 'String(new Error("x")) === "mine" || null'),
  changing('iteration of all arrays', 'const iterate = Array.prototype[Symbol.iterator]; Array.prototype[Symbol.iterator] = function () { Array.prototype.seen = 1; return iterate.call(this) }', 'Array.prototype.seen'),
  changing('the match of all expressions', 'const { exec } = RegExp.prototype; RegExp.prototype.exec = function (text) { RegExp.prototype.seen = 1; return exec.call(this, text) }', 'RegExp.prototype.seen')
]
