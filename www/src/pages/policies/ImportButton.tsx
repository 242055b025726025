import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import * as words from "../../words/pages/policies.tsx";
import { ImportDialog } from "./ImportDialog.tsx";

export function ImportButton() {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {words.pasteFromInfisical}
      </Button>
      <ImportDialog opened={opened} onClose={dialog.close} />
    </>
  );
}
