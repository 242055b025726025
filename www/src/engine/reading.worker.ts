import { type AccessError, isAccessError } from "access-engine";
import { type Project, readProject } from "./project.ts";

/** A file as a project, or what the engine says against it, or why nobody could read it: nothing where a browser does not say. */
export type Read = { readonly project: Project } | { readonly refusal: Pick<AccessError, "code" | "message" | "details"> } | { readonly failure: string };

addEventListener("message", async ({ data }: MessageEvent<File>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  postMessage(await read(data));
});

async function read(file: File): Promise<Read> {
  try {
    return { project: await readProject(await file.text()) };
  } catch (error) {
    if (!isAccessError(error)) return { failure: String(error) };
    const { code, message, details } = error;
    return { refusal: { code, message, details } };
  }
}
