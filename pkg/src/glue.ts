// What the glue needs must be there before it: whoever uses it takes it from here.
// oxlint-disable-next-line import/no-unassigned-import -- it fills in what is missing
import "./load/text.js";

export * from "./wasm/access_engine.js";
export { default as start } from "./wasm/access_engine.js";
