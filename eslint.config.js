'use strict'

// Lint rules for every JavaScript file of the project. At the top, because ESLint looks at nothing
// outside the folder of its configuration.

const neostandard = require('./mc_server/node_modules/neostandard')

/** Names that a browser knows and Node does not. */
function browserGlobals () {
  const names = ['CSS', 'DOMParser', 'EventSource', 'FormData', 'document', 'getComputedStyle', 'requestAnimationFrame', 'history', 'location', 'window']
  return Object.fromEntries(names.map(name => [name, 'readonly']))
}

module.exports = [
  { ignores: ['**/node_modules/**', '**/.venv/**', '**/build/**', '**/dist/**', 'voyager-home/**'] },
  ...neostandard({ noJsx: true, env: ['node'] }),
  {
    files: ['**/*.js'],
    languageOptions: { sourceType: 'commonjs', ecmaVersion: 2024 },
    rules: {
      strict: ['error', 'global'],
      'no-console': 'error',
      'require-await': 'off',
      'no-floating-decimal': 'error'
    }
  },
  {
    // A process of its own speaks to the one that started it.
    files: ['mc_server/**/main.js'],
    rules: { 'no-console': 'off' }
  },
  {
    // What runs in a browser: each file shares what is global with the page's other ones.
    files: ['voyager/**/static/*.js', 'tests/browser/**/*.js'],
    languageOptions: { sourceType: 'script', globals: browserGlobals() },
    rules: { strict: ['error', 'global'] }
  },
  {
    files: ['voyager/watching/web/static/*.js'],
    languageOptions: { sourceType: 'module' },
    rules: { strict: 'off' }
  },
  {
    // Programs, as a library or a test holds them: functions that others call by name.
    files: ['tests/**/fixtures/**/*.js', 'tests/**/programs/**/*.js'],
    rules: { strict: 'off', 'no-unused-vars': 'off', 'no-undef': 'off', 'no-console': 'off' }
  }
]
