import { Text } from "@mantine/core";
import type { Subject } from "access-engine";
import { Dialog } from "../../components/Dialog.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { useCommand } from "../../state/command.tsx";

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
      done: () => "The personal data is erased. The record still verifies.",
    });
    if (receipt) onClose();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={`Erase the personal data of ${name}?`} confirm="Erase" keep="Keep the data" busy={busy} onConfirm={erase}>
      <Text size="sm">
        The name, address, reasons and comments of {name} leave the record for good, and so does what others wrote on
        those requests. What happened stays, under the id {id}, and the hash chain stays whole.
      </Text>
      {error && <RefusalAlert error={error} />}
    </Dialog>
  );
}
