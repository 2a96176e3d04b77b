/** All the words of one language: its own file in the bundle. */
export { default as core } from "@words/fr.json";
export { default as window } from "./fr.json";
