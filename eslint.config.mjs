// Проверка JavaScript дополнений: правила eslint и немного своих, как в OCA.
import globals from "globals";
import js from "@eslint/js";

export default [
    {ignores: ["**/static/lib/**", ".runtime/**", ".venv/**", "node_modules/**"]},
    js.configs.recommended,
    {
        files: ["**/*.js", "**/*.mjs"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", luxon: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: true},
        rules: {
            "array-callback-return": "error",
            curly: "error",
            eqeqeq: ["error", "smart"],
            "no-alert": "error",
            "no-console": ["error", {allow: ["warn", "error"]}],
            "no-eval": "error",
            "no-implied-eval": "error",
            "no-shadow": "error",
            "no-throw-literal": "error",
            "no-unused-vars": ["error", {args: "none"}],
            "no-use-before-define": ["error", {functions: false, classes: false}],
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
