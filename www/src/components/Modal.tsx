import { whenOpened } from "./whenOpened.tsx";

/** Mantine's, loaded when it is opened for the first time. */
export const Modal = whenOpened(async () => (await import("./MantineModal.ts")).Modal);
