import { Button, Group, Stack, Textarea } from "@mantine/core";
import type { RequestView } from "access-engine";
import { errorOf } from "../../components/errors.tsx";
import { Form } from "../../components/Form.tsx";
import { LengthField } from "../../components/LengthField.tsx";
import { durationOf, lengthOf, secondsOf } from "../../components/length.ts";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useKept } from "../../state/kept.ts";
import { DAY, durationWords, MINUTE } from "../../words/duration.ts";
import * as words from "../../words/pages/request.tsx";

/** Shortens the duration, with a note to the requester. */
export function EditDurationForm({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const { id: requestId, contentHash } = request;
  const { value, change, forget } = useKept(`shorten ${requestId}`, () => ({ length: lengthOf(suggestion(request.durationSeconds)), note: "" }));
  const { run, busy, error, forgive } = useCommand("editDuration");
  const ofLength = errorOf(error, "duration");
  const ofNote = errorOf(error, "note");
  const send = async () => {
    const { note } = value;
    const receipt = await run({ requestId, duration: durationOf(value.length), note, contentHash }, {
      done: () => words.theDurationIsNow(durationWords(secondsOf(value.length))),
    });
    if (receipt) leave();
  };
  const leave = () => {
    forget();
    onClose();
  };
  return (
    <Form label={words.shortenTheDuration} onSubmit={send} onEdit={forgive}>
      <Stack gap="sm">
        <LengthField label={words.newDuration} value={value.length} onChange={(length) => change({ length })} error={ofLength} />
        <Textarea
          label={words.noteToTheRequester}
          withAsterisk
          autosize
          minRows={2}
          value={value.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
          error={ofNote}
        />
        {error && ofLength === undefined && ofNote === undefined && <RefusalAlert error={error} />}
        <Group gap="xs">
          <Button type="submit" size="sm" loading={busy}>
            {words.shorten}
          </Button>
          <Button size="sm" variant="default" onClick={leave}>
            {words.keepTheDuration}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

/** Half of it, or a day instead of for ever: somewhere to start from. */
function suggestion(duration: RequestView["durationSeconds"]): number {
  return duration === "permanent" ? DAY : Math.max(MINUTE, Math.floor(duration / 2 / MINUTE) * MINUTE);
}
