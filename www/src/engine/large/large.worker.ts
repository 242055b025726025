import { putInPlace } from "../place.ts";
import { LARGE, largeProject } from "./project.ts";

/** What the worker tells: how much is made, from 0 to 1, and then that it is kept, or why it is not. */
export type Told = { readonly done: number } | { readonly failure: string } | "kept";

/** Told about that often, not of each command. */
const PARTS = 200;

const tell = (told: Told): void => postMessage(told);

let told = 0;
try {
  const project = await largeProject(Date.now(), LARGE, (done) => {
    if (done * PARTS < told + 1) return;
    told = Math.floor(done * PARTS);
    tell({ done });
  });
  await putInPlace(project, 0);
  tell("kept");
} catch (error) {
  tell({ failure: String(error) });
}
