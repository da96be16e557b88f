'use strict'
/**
 * Ends the process when Python has ended, from its first moment; loaded before all else.
 *
 * The pipe keeps a timer of its own, so a process whose Python was killed before it asked for the host would stay for good.
 */

process.stdin.on('end', () => process.exit(0))
