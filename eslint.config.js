import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules/', 'data/', 'docs/', 'bot/local/page/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The SDK's turn and the ports ask for async signatures whose bodies need not wait.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      // Literal `never` defaults are how every switch on a kind ends here.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `return answer(…)` ends a handler in one line; what is answered is void either way.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Answers are keyed by field name, and a question without an answer has no key.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Activity types come off the wire as plain strings.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'No enums: Node strips types and keeps values.' },
      ],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['src/records/**/*.ts', 'test/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tests look into errors and answers whose shape they are about to assert.
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
