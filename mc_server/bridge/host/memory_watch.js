'use strict'
/**
 * How much memory a process and those it started have in use, and a watch over it. Linux only; elsewhere nothing is seen.
 *
 * What bounds memory from outside (prlimit) counts what a process has reserved; this counts what is really there.
 */

const fs = require('node:fs')

const LOOK_MILLISECONDS = 500
/** In a process's status; in kibibytes. */
const IN_USE = /^VmRSS:\s+(\d+) kB$/m
/** The tools that confine a process stand between us and it. */
const DEEPEST = 8
const MEGABYTE = 2 ** 20
const BOT_MEGABYTES = 1000
/** A world beside the bot takes more. */
const SIMULATION_MEGABYTES = 2000

/** @returns {boolean} whether memory can be seen on this machine */
function canWatchMemory () {
  return memoryOf(process.pid) > 0
}

/**
 * @param {number} pid
 * @param {number} [depth]
 * @returns {number} bytes in use by the process and all below it; 0 when there is nothing to see
 */
function memoryOf (pid, depth = 0) {
  if (process.platform !== 'linux' || depth > DEEPEST) return 0
  try {
    const own = Number(IN_USE.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
    return own + childrenOf(pid).reduce((sum, child) => sum + memoryOf(child, depth + 1), 0)
  } catch {
    return 0
  }
}

/**
 * @param {number} pid
 * @returns {number[]} none where the kernel does not tell
 */
function childrenOf (pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/**
 * @param {number} pid
 * @param {number} megabytes
 * @param {(megabytes: number) => void} onExceeded is told once how much it was
 * @returns {() => void} ends the watch
 */
function watchMemory (pid, megabytes, onExceeded) {
  const timer = setInterval(() => {
    const used = Math.round(memoryOf(pid) / MEGABYTE)
    if (used <= megabytes) return
    clearInterval(timer)
    onExceeded(used)
  }, LOOK_MILLISECONDS)
  timer.unref()
  return () => clearInterval(timer)
}

module.exports = { BOT_MEGABYTES, SIMULATION_MEGABYTES, canWatchMemory, childrenOf, memoryOf, watchMemory }
