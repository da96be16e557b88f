'use strict'
/** Texts of the game in the form that packets carry: an NBT compound of a chat component. */

/** @returns {any} an NBT value of what is plain text, a number, a list or an object */
function toTag (/** @type {any} */ value) {
  if (typeof value === 'string') return { type: 'string', value }
  if (typeof value === 'number') return Number.isInteger(value) ? { type: 'int', value } : { type: 'double', value }
  if (typeof value === 'boolean') return { type: 'byte', value: Number(value) }
  if (Array.isArray(value)) return listTag(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined && field !== null)
  return { type: 'compound', value: Object.fromEntries(fields.map(([name, field]) => [name, toTag(field)])) }
}

/** All of a list have one type, so parts of a text are components all. */
function listTag (/** @type {any[]} */ parts) {
  const components = parts.map(part => typeof part === 'object' ? part : { text: String(part) })
  return { type: 'list', value: { type: 'compound', value: components.map(part => toTag(part).value) } }
}

/** @returns {any} a text, `{text}` or `{translate, with}`, as packets of this version carry it */
function chatText (/** @type {any} */ component) {
  const whole = Array.isArray(component) ? { text: '', extra: component } : typeof component === 'object' ? component : { text: String(component) }
  return { name: '', ...toTag(whole) }
}

/** A line of the game itself in a player's chat. */
function sendSystemChat (/** @type {any} */ player, /** @type {any} */ component, isActionBar = false) {
  player._client.write('system_chat', { content: chatText(component), isActionBar })
}

module.exports = { chatText, sendSystemChat }
