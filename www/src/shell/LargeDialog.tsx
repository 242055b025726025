import { Progress, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "../components/Dialog.tsx";
import type { Told } from "../engine/large/large.worker.ts";
import { forgetTab } from "../engine/tab.ts";
import { failureOf } from "../engine/worker.ts";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";

/** Makes a large company in a worker, and puts it in place of the project. */
export function LargeDialog({ opened: isOpen, onClose }: { opened: boolean; onClose: () => void }) {
  const { demo } = useDemo();
  const [done, setDone] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const worker = useRef<Worker>(undefined);
  const close = () => {
    worker.current?.terminate();
    onClose();
    setDone(undefined);
    setFailure(undefined);
  };
  // Once it is put in place nothing is drawn any more, and the worker comes to its end.
  useEffect(
    () => () => {
      if (!demo.isResting()) worker.current?.terminate();
    },
    [demo],
  );
  const start = () => {
    setFailure(undefined);
    setDone(0);
    worker.current = new Worker(new URL("../engine/large/large.worker.ts", import.meta.url), { type: "module" });
    worker.current.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data === "kept" || ("failure" in data && demo.isResting())) opened();
      else if ("failure" in data) fail(data.failure);
      else if (data.done < 1) setDone(data.done);
      else demo.rest();
    });
    worker.current.addEventListener("error", (event) => fail(failureOf(event) || words.itCouldNotBeLoaded));
  };
  const fail = (why: string) => {
    setDone(undefined);
    setFailure(why);
  };
  return (
    <Dialog
      opened={isOpen}
      onClose={close}
      title={words.startLargeQuestion}
      confirm={words.throwAwayAndStartLarge}
      keep={done === undefined ? words.keepEverything : words.cancel}
      busy={done !== undefined}
      onConfirm={start}
    >
      <Text>{words.whatStartLargeDoes}</Text>
      {done !== undefined && (
        <div>
          <Progress value={done * 100} aria-label={words.howMuchIsMade} />
          <Text size="sm" c="dimmed" mt={4}>
            {words.isMade(Math.floor(done * 100))}
          </Text>
        </div>
      )}
      {failure !== undefined && <Text role="alert" size="sm" c="var(--mantine-color-error)">{words.couldNotBeMade(failure)}</Text>}
    </Dialog>
  );
}

function opened(): void {
  forgetTab();
  location.hash = "";
  location.reload();
}
