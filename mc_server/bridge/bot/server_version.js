'use strict'
/**
 * Which version to speak with a server, from what it said of itself: its version's number on the wire and its name.
 *
 * A process without network cannot ask the server; it is told what somebody else was answered.
 */

const minecraftData = /** @type {any} */ (require('minecraft-data'))
const { JoinError } = require('./join_error')

/**
 * @param {{version: string | null, server_version?: {name: string, protocol: number} | null}} settings
 * @returns {string | null} null when nothing is known of the server
 * @throws {JoinError} `version`
 */
function versionOf ({ version, server_version: said }) {
  if (version !== null || !said) return version
  const candidates = [...(minecraftData.postNettyVersionsByProtocolVersion.pc[said.protocol] ?? []), ...versionsNamed(said.name)]
  if (candidates.length > 0) return candidates[0].minecraftVersion
  throw new JoinError('version', `The server speaks version '${said.name}' (protocol ${said.protocol}), which the bot does not know: ` +
    'name a version that the server also accepts, or update the packages.')
}

/**
 * Servers write more into the name than the version ("Paper 1.20.4", "1.8.x-1.21").
 * @param {string} name
 * @returns {any[]} newest first
 */
function versionsNamed (name) {
  const names = [name, ...(name.match(/(?:\d+\.)+\d+/g) ?? [])]
  return names.map(one => minecraftData.versionsByMinecraftVersion.pc[one])
    .filter(Boolean)
    .sort((one, other) => other.version - one.version)
}

module.exports = { versionOf }
