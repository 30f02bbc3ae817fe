// What is asked of the scripts of the interactive page, of the server's pages and of the review. It imports nothing, so that
// `npx eslint` runs it as it is.
const browser = [
  "addEventListener", "atob", "Blob", "cancelAnimationFrame", "CSS", "DecompressionStream", "document", "fetch", "getComputedStyle", "history", "localStorage", "location", "matchMedia",
  "navigator", "Node", "Path2D", "performance", "queueMicrotask", "requestAnimationFrame", "IntersectionObserver", "ResizeObserver", "Response", "setTimeout", "clearTimeout", "TextDecoder", "URL", "URLSearchParams", "window",
];

const rules = {
  "array-callback-return": "error",
  "consistent-return": "error",
  "default-case-last": "error",
  eqeqeq: "error",
  "no-constant-condition": "error",
  "no-dupe-args": "error",
  "no-dupe-keys": "error",
  "no-eval": "error",
  "no-fallthrough": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-redeclare": ["error", { builtinGlobals: false }],
  "no-script-url": "error",
  "no-self-compare": "error",
  "no-shadow": "error",
  "no-undef": "error",
  "no-unreachable": "error",
  "no-unused-expressions": "error",
  "no-unused-vars": ["error", { args: "after-used" }],
  "no-use-before-define": ["error", { functions: false }],
  "no-var": "error",
  "prefer-const": "error",
  "no-restricted-properties": [
    "error",
    ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln", "srcdoc"].map((property) => ({
      property, message: "Every text is a text node: see dom.js.",
    })),
  ],
};

export default [
  {
    files: ["graph/explorer/page/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      globals: Object.fromEntries([...browser, "vis"].map((name) => [name, "readonly"])),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules,
  },
  {
    files: ["graph/server/templates/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      globals: Object.fromEntries(
        ["document", "fetch", "location", "MutationObserver", "URL", "URLSearchParams", "Yasgui"].map((name) => [name, "readonly"]),
      ),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules,
  },
  {
    files: ["graph/review/static/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "script",
      globals: Object.fromEntries(
        ["document", "fetch", "getSelection", "location", "structuredClone", "URLSearchParams"].map((name) => [name, "readonly"]),
      ),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules,
  },
];
