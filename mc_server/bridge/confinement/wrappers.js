'use strict'
/**
 * The tools of the system that confine a process from outside: which of them work here, and why others do not.
 *
 * Each tool starts the next and the last one Node, so all of them together are the beginning of a command. Not covered: what
 * Node itself is told (`launch.js`).
 */

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

/** Starting a tool takes milliseconds; a machine that is that busy says so instead of keeping the bot waiting. */
const PROBE_MILLISECONDS = 10000
/** A process in a namespace of its own, or without capabilities, may not be allowed to read even our code. */
const READ_FILE = path.join(__dirname, '..', 'bot', 'bot.js')
/** How much Node reserves before it does anything differs from version to version. */
const STARTS_NODE = [process.execPath, '-e', '0']
const MISSING_TOOL = 'Install util-linux.'
const NAMESPACES = 'Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, on Ubuntu also ' +
  'kernel.apparmor_restrict_unprivileged_userns=0; in a container, a seccomp profile that lets unshare through).'

/** @typedef {{active: boolean, why: string, remedy: string}} Finding */
/** @typedef {{options: string[], gives: string[]}} Variant */
/** @typedef {{tool: string, layers: string[], variants: Variant[], remedy: string, probe?: string[]}} Step `probe` has to run under it */

/** @type {Map<string, {command: string[], findings: Record<string, Finding>}>} */
const found = new Map()

/**
 * @param {{separateNetwork: boolean, dataBytes: number}} wanted
 * @returns {Step[]} outermost first; of a step's variants the first that works counts
 */
function steps ({ separateNetwork, dataBytes }) {
  const only = (/** @type {string} */ layer, /** @type {string[]} */ ...options) => ({ options, gives: [layer] })
  return [
    {
      tool: 'setpriv',
      layers: ['parent_death'],
      variants: [only('parent_death', '--pdeathsig', 'KILL')],
      remedy: 'Use a util-linux of 2.33 or later.'
    },
    {
      tool: 'unshare',
      layers: ['process_namespace', ...(separateNetwork ? ['network'] : [])],
      variants: namespaces(separateNetwork),
      remedy: NAMESPACES
    },
    {
      tool: 'setpriv',
      layers: ['no_new_privileges'],
      variants: [
        only('no_new_privileges', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'),
        // Who has no privileges cannot give up the bound of those that he might get, which he then never does.
        only('no_new_privileges', '--no-new-privs', '--inh-caps=-all'),
        only('no_new_privileges', '--no-new-privs')
      ],
      remedy: 'Use a util-linux of 2.33 or later.'
    },
    {
      tool: 'prlimit',
      layers: ['memory_limit'],
      variants: [only('memory_limit', `--data=${dataBytes}`)],
      probe: STARTS_NODE,
      remedy: 'Raise the limit of the data size (ulimit -d unlimited).'
    },
    {
      tool: 'prlimit',
      layers: ['file_size_limit'],
      variants: [only('file_size_limit', '--fsize=0', '--core=0')],
      remedy: 'Use a util-linux of 2.33 or later.'
    }
  ]
}

/**
 * With a user namespace, which needs no rights, or without one, which needs root's; both namespaces, or the one that can be had.
 * @param {boolean} separateNetwork
 * @returns {Variant[]}
 */
function namespaces (separateNetwork) {
  const user = ['--user', '--map-root-user']
  const network = { options: ['--net'], gives: ['network'] }
  const processes = { options: ['--pid', '--fork', '--kill-child'], gives: ['process_namespace'] }
  const sets = separateNetwork ? [[network, processes], [network], [processes]] : [[processes]]
  return sets.flatMap(set => [user, []].map(first => ({
    options: [...first, ...set.flatMap(one => one.options)],
    gives: set.flatMap(one => one.gives)
  })))
}

/**
 * The command to put before Node's, of what works on this machine; looked for once in each process.
 * @param {{separateNetwork: boolean, dataBytes: number}} wanted
 * @returns {{command: string[], findings: Record<string, Finding>}} a finding for each layer
 */
function outerWrappers (wanted) {
  const key = JSON.stringify(wanted)
  const known = found.get(key)
  if (known) return known
  /** @type {string[]} */
  let command = []
  /** @type {Record<string, Finding>} */
  const findings = {}
  for (const step of steps(wanted)) {
    const { works, error } = tryStep(command, step)
    if (works) command = [...command, pathOf(step.tool) ?? step.tool, ...works.options]
    for (const layer of step.layers) findings[layer] = findingOf(layer, step, works, error)
  }
  const wrappers = { command, findings }
  found.set(key, wrappers)
  return wrappers
}

/**
 * @param {string[]} before what works already, within which the step has to
 * @param {Step} step
 * @returns {{works?: Variant, error: string}} `error`: what the first variant that failed said
 */
function tryStep (before, { tool, variants, probe = [pathOf('cat') ?? 'cat', READ_FILE] }) {
  if (process.platform !== 'linux') return { error: `${tool} is a tool of Linux.` }
  const program = pathOf(tool)
  if (!program) return { error: `${tool} is not on this machine.` }
  let error = ''
  for (const variant of variants) {
    const refused = refusal([...before, program, ...variant.options, ...probe])
    if (refused === null) return { works: variant, error }
    error ||= `${tool} ${variant.options.join(' ')} failed: ${refused}`
  }
  return { error }
}

/**
 * @param {string[]} words
 * @returns {string | null} why this command fails; null when it does not
 */
function refusal ([program, ...options]) {
  const tried = spawnSync(program, options, {
    stdio: ['ignore', 'ignore', 'pipe'], timeout: PROBE_MILLISECONDS, killSignal: 'SIGKILL', env: {}, encoding: 'utf8'
  })
  if (tried.status === 0) return null
  const said = tried.stderr?.split('\n').find(line => /\w/.test(line))?.trim()
  return (said || tried.error?.message || `it ended with ${tried.signal ?? tried.status}`).replace(/\.$/, '') + '.'
}

/**
 * @param {string} layer
 * @param {Step} step
 * @param {Variant | undefined} works
 * @param {string} error
 * @returns {Finding}
 */
function findingOf (layer, { tool, remedy }, works, error) {
  if (works?.gives.includes(layer)) return { active: true, why: `${tool} ${works.options.join(' ')}`, remedy: '' }
  if (process.platform !== 'linux') return { active: false, why: error, remedy: '' }
  return { active: false, why: error, remedy: pathOf(tool) ? remedy : MISSING_TOOL }
}

/**
 * @param {string} tool
 * @returns {string | undefined} where it is, since the bot's process has no PATH to find it by
 */
function pathOf (tool) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder))
  return folders.map(folder => path.join(folder, tool)).find(isProgram)
}

/** @param {string} file */
function isProgram (file) {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

module.exports = { outerWrappers }
