import { Button, Group, Stack, Textarea } from "@mantine/core";
import type { RequestView } from "access-engine";
import { useState } from "react";
import { LengthField } from "../../components/LengthField.tsx";
import { lengthOf, secondsOf } from "../../components/length.ts";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { DAY, durationWords, MINUTE } from "../../words/duration.ts";

/** Shortens the duration, with a note to the requester. */
export function EditDurationForm({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const [length, setLength] = useState(() => lengthOf(suggestion(request.duration)));
  const [note, setNote] = useState("");
  const { run, busy, error } = useCommand();
  const send = async () => {
    const { id: requestId, contentHash } = request;
    const duration = secondsOf(length);
    const receipt = await run({
      send: (engine, actor) => engine.editDuration(actor, { requestId, duration, note, contentHash }),
      done: () => `The duration is ${durationWords(duration)} now.`,
    });
    if (receipt) onClose();
  };
  return (
    <Stack gap="sm" component="fieldset" bd={0} p={0} m={0} aria-label="Shorten the duration">
      <LengthField label="New duration" value={length} onChange={setLength} />
      <Textarea label="Note to the requester" withAsterisk autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {error && <RefusalAlert error={error} />}
      <Group gap="xs">
        <Button size="sm" loading={busy} onClick={() => void send()}>
          Shorten
        </Button>
        <Button size="sm" variant="default" onClick={onClose}>
          Leave it
        </Button>
      </Group>
    </Stack>
  );
}

/** Half of it, or a day instead of for ever: somewhere to start from. */
function suggestion(duration: RequestView["duration"]): number {
  return duration === "permanent" ? DAY : Math.max(MINUTE, Math.floor(duration / 2 / MINUTE) * MINUTE);
}
