import { Button } from "@mantine/core";
import { linesOf } from "../engine/project.ts";
import { useDemo } from "../state/demo.tsx";
import { download } from "../state/download.ts";
import * as words from "../words/controls.tsx";

/** Saves the record as NDJSON, as `access-engine export` writes it. */
export function SaveFile() {
  const { demo } = useDemo();
  const save = async () => download(`${demo.project}.ndjson`, "application/x-ndjson", linesOf(await demo.commits()));
  return (
    <Button variant="default" size="xs" onClick={() => void save()}>
      {words.saveFile}
    </Button>
  );
}
