'use strict'
/** Whether a process was stopped from outside (SIGSTOP, a debugger), which no program can do to its own. Linux only. */

const fs = require('node:fs')

const { childrenOf } = require('./memory_watch')

const STATE = /^State:\s+[Tt]\b/m
/** The tools that confine a process stand between us and it. */
const DEEPEST = 8

/**
 * @param {number} pid
 * @param {number} [depth]
 * @returns {boolean} false where there is nothing to see
 */
function isStopped (pid, depth = 0) {
  if (process.platform !== 'linux' || depth > DEEPEST) return false
  try {
    if (STATE.test(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))) return true
  } catch {
    return false
  }
  return childrenOf(pid).some(child => isStopped(child, depth + 1))
}

module.exports = { isStopped }
