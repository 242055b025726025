import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ImportDialog } from "./ImportDialog.tsx";

export function ImportButton() {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Paste from Infisical
      </Button>
      <ImportDialog opened={opened} onClose={dialog.close} />
    </>
  );
}
