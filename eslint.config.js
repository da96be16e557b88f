'use strict'

// Lint rules for every JavaScript file of the project. At the top, because ESLint looks at nothing
// outside the folder of its configuration.

const neostandard = require('./mc_server/node_modules/neostandard')

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
    // Programs, as a library or a test holds them: functions that others call by name.
    files: ['tests/**/fixtures/**/*.js', 'tests/**/programs/**/*.js'],
    rules: { strict: 'off', 'no-unused-vars': 'off', 'no-undef': 'off', 'no-console': 'off' }
  }
]
