import { CopyLink } from "../components/CopyLink.tsx";
import { SaveFile } from "../components/SaveFile.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";
import { OpenFile } from "./OpenFile.tsx";
import classes from "./ProjectTools.module.css";
import { StartLarge } from "./StartLarge.tsx";
import { StartEmpty, StartOver } from "./StartOver.tsx";

/** What can be done with the project as a whole. */
export function ProjectTools() {
  const { cabinet, isCopy } = useDemo().demo;
  return (
    <fieldset className={classes.tools} aria-label={words.project}>
      <CopyLink />
      <SaveFile />
      {cabinet.lasts && <OpenFile />}
      {cabinet.lasts && <StartEmpty />}
      {cabinet.lasts && <StartLarge />}
      {!isCopy && <StartOver />}
    </fieldset>
  );
}
