import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  { files: ["*.js", "*.mjs"], languageOptions: { globals: globals.node } },
  {
    files: ["src/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // What is shown comes from reports and from the server: it is text, and never markup.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Use textContent, or markdown()." },
        { property: "localStorage", message: "Nothing is stored." },
        { property: "sessionStorage", message: "Nothing is stored." },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
);
