'use strict'
/** A `Date` that reads another clock. */

/**
 * @param {() => number} now milliseconds since 1970, whole
 * @returns {DateConstructor}
 */
function createDate (now) {
  const MachineDate = Date
  const WorldDate = /** @type {any} */ (new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, key) => key === 'now' ? now : Reflect.get(target, key)
  }))
  MachineDate.prototype.constructor = WorldDate
  return WorldDate
}

module.exports = { createDate }
