'use strict'
/**
 * How each layer is taken out, from outside: nothing in the product switches one off.
 *
 * `arguments` edits the command line of a bot's process, `options` what it is spawned with, `preload` names a file of `without/`
 * that the process loads first, `host` changes modules in the process that starts it.
 */

const childProcess = require('node:child_process')
const path = require('node:path')
const { withoutDeadline, withoutLogLimit, withoutMemoryWatch, withoutMessageCheck, withoutRecovery } = require('./host_removals')

const SANDBOX = __dirname
const BOT_SCRIPTS = [path.join('bridge', 'bot', 'bot.js'), path.join('simulation', 'main.js')]

/** @typedef {{arguments?: (words: string[]) => string[], options?: (options: any) => any, preload?: string, host?: () => void}} Removal */

/** @param {...RegExp} patterns */
const dropping = (...patterns) => (/** @type {string[]} */ words) => words.filter(word => !patterns.some(pattern => pattern.test(word)))

/**
 * Drops an option whose value is a word of its own.
 * @param {string} option
 */
const droppingPair = option => (/** @type {string[]} */ words) =>
  words.filter((word, index) => word !== option && words[index - 1] !== option)

/** @type {Record<string, Removal>} */
const removals = {
  compartment: { preload: 'compartment' },
  lockdown: { preload: 'lockdown' },
  membrane: { preload: 'membrane' },
  text_guard: { preload: 'text_guard' },
  environment: { options: options => ({ ...options, env: { ...process.env, ...options.env } }) },
  standard_streams: { options: options => ({ ...options, stdio: ['ignore', 'inherit', 'inherit', ...options.stdio.slice(3)] }) },
  process_group: { options: options => ({ ...options, detached: false }) },
  permission: { arguments: dropping(/^--permission$/, /^--allow-/) },
  builtin_modules: { arguments: withBuiltinModules },
  heap_limit: { arguments: dropping(/^--max-old-space-size/) },
  memory_limit: { arguments: dropping(/^--data=/), host: withoutMemoryWatch },
  file_size_limit: { arguments: dropping(/^--fsize=/, /^--core=/) },
  parent_death: { arguments: droppingPair('--pdeathsig') },
  no_new_privileges: { arguments: dropping(/^--no-new-privs$/, /^--inh-caps=/, /^--bounding-set=/) },
  network: { arguments: words => withConnections(words).filter(word => word !== '--net') },
  process_namespace: { arguments: dropping(/^--(pid|fork|kill-child|mount-proc)/) },
  message_check: { host: withoutMessageCheck },
  log_limit: { host: withoutLogLimit },
  deadline: { host: withoutDeadline },
  // No layers in the sense of the product, but what programs rely on as much.
  recovery: { host: withoutRecovery },
  cut_off: { preload: 'cut_off' }
}

/** @param {string[]} words */
function withConnections (words) {
  const loaded = words.findIndex(word => word.endsWith('without_connections.js'))
  return words.filter((_, index) => index !== loaded && index !== loaded - 1)
}

/** @param {string[]} words */
function withBuiltinModules (words) {
  const { PARTS_LEFT_OUT } = require('../../mc_server/bridge/confinement/node_flags')
  const loaded = words.findIndex(word => word.endsWith('without_parts.js'))
  return words.filter((word, index) => !PARTS_LEFT_OUT.includes(word) && index !== loaded && index !== loaded - 1)
}

/**
 * A tool that is given nothing to do would complain.
 * @param {string[]} words
 */
function withoutIdleTools (words) {
  const isTool = (/** @type {string} */ word) => ['setpriv', 'prlimit', 'unshare'].includes(path.basename(word))
  return words.filter((word, index) => !isTool(word) || words[index + 1].startsWith('--'))
}

/**
 * Takes layers out of everything that this process starts from now on. To be called before the bridge is loaded.
 * @param {string[]} layers
 */
function takeOut (layers) {
  const chosen = layers.map(layer => removals[layer])
  const { spawn } = childProcess
  Object.assign(childProcess, {
    spawn (/** @type {string} */ command, /** @type {string[]} */ words, /** @type {any} */ options) {
      if (!words.some(word => BOT_SCRIPTS.some(script => word.endsWith(script)))) return spawn(command, words, options)
      const [edited, ...rest] = withoutIdleTools(chosen.reduce((line, removal) => removal.arguments?.(line) ?? line, [command, ...words]))
      return spawn(edited, withPreloads(rest, chosen), chosen.reduce((given, removal) => removal.options?.(given) ?? given, options))
    }
  })
  for (const removal of chosen) removal.host?.()
}

/**
 * @param {string[]} words
 * @param {Removal[]} chosen
 */
function withPreloads (words, chosen) {
  const files = chosen.flatMap(({ preload }) => preload ? [path.join(SANDBOX, 'without', `${preload}.js`)] : [])
  if (files.length === 0) return words
  const script = words.findLastIndex(word => BOT_SCRIPTS.some(name => word.endsWith(name)))
  const readable = words.includes('--permission') ? [`--allow-fs-read=${SANDBOX}${path.sep}*`] : []
  return [...words.slice(0, script), ...readable, ...files.flatMap(file => ['--require', file]), ...words.slice(script)]
}

module.exports = { removals, takeOut }
