import { Button, FileButton, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { Dialog } from "../components/Dialog.tsx";
import { RefusalAlert } from "../components/Refusal.tsx";
import { replaceOwn } from "../engine/open.ts";
import { readFile } from "../engine/reading.ts";
import type { Read } from "../engine/reading.worker.ts";
import { counted, sentence } from "../words/lists.ts";
import * as words from "../words/shell.ts";
import { when } from "../words/time.ts";

/** Opens a project that was saved as a file, in place of one's own. */
export function OpenFile() {
  const reset = useRef<() => void>(null);
  const [chosen, setChosen] = useState<{ name: string; read: Read }>();
  const [reading, setReading] = useState(false);
  const [busy, setBusy] = useState(false);
  const choose = async (file: File | null) => {
    if (file === null) return;
    reset.current?.();
    setReading(true);
    const read = await readFile(file).finally(() => setReading(false));
    setChosen({ name: file.name, read });
  };
  const project = chosen && "project" in chosen.read ? chosen.read.project : undefined;
  const refusal = chosen && "refusal" in chosen.read ? chosen.read.refusal : undefined;
  const failure = chosen && "failure" in chosen.read ? chosen.read.failure : undefined;
  const lastAt = project?.commits.at(-1)?.at ?? 0;
  const open = () => {
    if (project === undefined) return;
    setBusy(true);
    location.hash = "";
    void replaceOwn(project, Math.max(0, lastAt - Date.now()));
  };
  return (
    <>
      <FileButton accept=".ndjson,.jsonl" resetRef={reset} onChange={(file) => void choose(file)} inputProps={{ "aria-label": words.projectFile }}>
        {(props) => (
          <Button {...props} variant="default" size="xs" loading={reading}>
            {words.openFile}
          </Button>
        )}
      </FileButton>
      <Dialog
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={(project === undefined ? words.cannotBeOpened : words.openQuestion)(chosen?.name ?? "")}
        confirm={words.replaceMyProject}
        keep={words.keepMyProject}
        busy={busy}
        disabled={project === undefined}
        onConfirm={open}
      >
        {failure !== undefined && <Text role="alert">{sentence(failure || words.itCouldNotBeLoaded)}</Text>}
        {refusal && <RefusalAlert error={refusal} title={words.notAProject} />}
        {project && (
          <Text>
            {words.engineHasReadIt(counted(project.commits.length, "commit"), when(lastAt))}
          </Text>
        )}
      </Dialog>
    </>
  );
}
