import { Text } from "@mantine/core";
import type { Group } from "access-engine";
import { Consequences } from "../../components/Consequences.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import { useTrial } from "../../state/trial.ts";
import { endingWords } from "../../words/endings.ts";
import * as words from "../../words/pages/people.tsx";

interface Props {
  group: Group;
  opened: boolean;
  onClose: () => void;
}

/** Says what ends with a group before it is gone. */
export function RemoveGroupDialog({ group: { id, name }, opened, onClose }: Props) {
  const { run, busy, error } = useCommand("syncDirectory");
  const changes = [{ removeGroup: id }];
  const trial = useTrial(opened, { syncDirectory: { changes } });
  const remove = async () => {
    const receipt = await run({ changes }, { done: ({ events }) => words.groupRemoved(name, endingWords(events)) });
    if (receipt) onClose();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={words.removeGroupQuestion(name)} confirm={words.remove} keep={words.keepTheGroup} busy={busy} disabled={trial?.refusal !== undefined} onConfirm={remove}>
      <Text size="sm">{words.whatRemovingDoes}</Text>
      <Consequences trial={trial} />
      {error && <RefusalAlert error={error} />}
    </Dialog>
  );
}
