import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../components/icons.tsx";
import { Sentence } from "../components/Sentence.tsx";
import { useDemo } from "../state/demo.tsx";
import { useNow } from "../state/now.ts";
import { timeLeft } from "../words/duration.ts";
import * as words from "../words/shell.ts";
import { when } from "../words/time.ts";

/** Moves the clock to when the engine has something to do next, and says what it did. */
export function NextEvent() {
  const { demo } = useDemo();
  const now = useNow();
  const [happened, setHappened] = useState<readonly string[]>();
  const [busy, setBusy] = useState(false);
  const wakeAt = demo.engine.nextWakeAt();
  const jump = async () => {
    // A disabled button would lose the focus.
    if (busy) return;
    setBusy(true);
    try {
      setHappened(await demo.toNextEvent());
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap={6}>
      <Button fullWidth disabled={wakeAt === undefined} onClick={() => void jump()} rightSection={<Icon name="next" size={16} />} data-story="end">
        {words.nextEvent}
      </Button>
      <Text size="xs" c="dimmed">
        {wakeAt === undefined ? words.nothingIsDue : words.dueIn(timeLeft(wakeAt - now), when(wakeAt))}
      </Text>
      <div aria-live="polite">
        {happened !== undefined && happened.length > 0 && (
          <Text size="xs" c="dimmed">
            {words.justHappened}
          </Text>
        )}
        {happened?.map((summary) => (
          <Text key={summary} size="sm">
            <Sentence clause={summary} />
          </Text>
        ))}
        {happened?.length === 0 && <Text size="sm">{words.nothingToDo}</Text>}
      </div>
    </Stack>
  );
}
