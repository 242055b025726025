import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
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
        Start afresh
      </Button>
      <Dialog opened={asked} onClose={dialog.close} title="Start afresh?" confirm="Throw it away" keep="Keep it" busy={false} onConfirm={confirm}>
        <Text size="sm">What you have written in this form is thrown away.</Text>
      </Dialog>
    </>
  );
}
