import { Text } from "@mantine/core";
import type { Subject } from "access-engine";
import { Consequences } from "../../components/Consequences.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useTrial } from "../../state/trial.ts";
import { endingWords } from "../../words/endings.ts";
import * as words from "../../words/pages/people.tsx";

interface Props {
  subject: Subject;
  opened: boolean;
  onClose: () => void;
}

/** Says what ends with somebody before the directory says so. */
export function DisableDialog({ subject, opened, onClose }: Props) {
  const { run, busy, error } = useCommand("syncDirectory");
  const changes = [{ upsertSubject: { ...subject, disabled: true } }];
  const trial = useTrial(opened, { syncDirectory: { changes } });
  const disable = async () => {
    const receipt = await run({ changes }, {
      done: ({ events }) => words.isDisabled(subject.name, endingWords(events)),
    });
    if (receipt) onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={words.disableQuestion(subject.name)}
      confirm={words.disable}
      keep={words.keepEnabled}
      busy={busy}
      disabled={trial?.refusal !== undefined}
      onConfirm={disable}
    >
      <Text size="sm">{words.whatDisablingDoes}</Text>
      <Consequences trial={trial} />
      {error && <RefusalAlert error={error} />}
    </Dialog>
  );
}
