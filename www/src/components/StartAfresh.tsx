import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import * as words from "../words/controls.tsx";
import { Dialog } from "./Dialog.tsx";

/** Empties a form that was written in, which is kept otherwise. */
export function StartAfresh({ forget }: { forget: () => void }) {
  const [asked, dialog] = useDisclosure();
  const confirm = () => {
    forget();
    dialog.close();
  };
  return (
    <>
      <Button variant="subtle" color="gray" onClick={dialog.open}>
        {words.startAfresh}
      </Button>
      <Dialog opened={asked} onClose={dialog.close} title={words.startAfreshQuestion} confirm={words.throwItAway} keep={words.keepIt} busy={false} onConfirm={confirm}>
        <Text size="sm">{words.whatStartingAfreshDoes}</Text>
      </Dialog>
    </>
  );
}
