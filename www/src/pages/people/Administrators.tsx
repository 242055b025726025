import { Button, Text } from "@mantine/core";
import { Modal } from "../../components/Modal.tsx";
import { useDisclosure } from "@mantine/hooks";
import { Icon } from "../../components/icons.tsx";
import { Panel } from "../../components/Panel.tsx";
import { useDemo } from "../../state/demo.tsx";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/people.tsx";
import { AdministratorsForm } from "./AdministratorsForm.tsx";

export function Administrators({ open }: { open: boolean }) {
  const { directory } = useDemo().demo;
  const [opened, dialog] = useDisclosure();
  return (
    <Panel
      title={words.administrators}
      aside={
        open && (
          <Button size="xs" variant="default" leftSection={<Icon name="pencil" size={14} />} onClick={dialog.open}>
            {words.changeAdministrators}
          </Button>
        )
      }
    >
      <Text>{inWords(directory.administrators.map((id) => directory.name(id)))}</Text>
      <Modal opened={opened} onClose={dialog.close} title={words.whoAdministers}>
        <AdministratorsForm onClose={dialog.close} />
      </Modal>
    </Panel>
  );
}
