import { Text } from "@mantine/core";
import type { Subject } from "access-engine";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";
import * as words from "../../words/pages/people.tsx";

interface Props {
  subject: Subject;
  opened: boolean;
  onClose: () => void;
}

/** Says what goes for good before it does. */
export function EraseDialog({ subject: { id, name }, opened, onClose }: Props) {
  const { run, busy, error } = useCommand("erase");
  const erase = async () => {
    const receipt = await run({ subject: id }, {
      done: () => words.erased,
    });
    if (receipt) onClose();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={words.eraseQuestion(name)} confirm={words.erase} keep={words.keepTheData} busy={busy} onConfirm={erase}>
      <Text size="sm">
        {words.whatErasingDoes(name, id)}
      </Text>
      {error && <RefusalAlert error={error} />}
    </Dialog>
  );
}
