import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { whenOpened } from "../components/whenOpened.tsx";
import * as words from "../words/shell.ts";

const LargeDialog = whenOpened(async () => (await import("./LargeDialog.tsx")).LargeDialog);

/** Offers a large company in place of the project. */
export function StartLarge() {
  const [asked, dialog] = useDisclosure();
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        {words.startLarge}
      </Button>
      <LargeDialog opened={asked} onClose={dialog.close} />
    </>
  );
}
