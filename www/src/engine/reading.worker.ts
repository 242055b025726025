import { type AccessError, isAccessError } from "access-engine";
import { type Project, readProject } from "./project.ts";

/** A file as a project, or what the engine says against it. */
export type Read = { readonly project: Project } | { readonly refusal: Pick<AccessError, "code" | "message" | "details"> };

addEventListener("message", async ({ data }: MessageEvent<File>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  postMessage(await read(await data.text()));
});

async function read(text: string): Promise<Read> {
  try {
    return { project: await readProject(text) };
  } catch (error) {
    if (!isAccessError(error)) throw error;
    const { code, message, details } = error;
    return { refusal: { code, message, details } };
  }
}
