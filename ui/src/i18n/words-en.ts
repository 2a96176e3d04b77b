/** All the words of one language: its own file in the bundle. */
export { default as core } from "@words/en.json";
export { default as window } from "./en.json";
