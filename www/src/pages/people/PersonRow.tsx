import { Group, Text } from "@mantine/core";
import { Modal } from "../../components/Modal.tsx";
import type { Subject } from "access-engine";
import { useDisclosure } from "@mantine/hooks";
import { PersonMark } from "../../components/PersonChip.tsx";
import { RefusalAlert } from "../../components/Refusal.tsx";
import { RowButton } from "../../components/RowButton.tsx";
import { Mark } from "../../components/StatusBadge.tsx";
import { useCommand } from "../../state/command.tsx";
import { useDemo } from "../../state/demo.tsx";
import { ERASED } from "../../engine/directory.ts";
import { inWords } from "../../words/lists.ts";
import * as words from "../../words/pages/people.tsx";
import { DisableDialog } from "./DisableDialog.tsx";
import { EraseDialog } from "./EraseDialog.tsx";
import { PersonForm } from "./PersonForm.tsx";
import classes from "./PersonRow.module.css";

interface Props {
  subject: Subject;
  /** Whether the directory may be changed. */
  open: boolean;
}

/** Somebody of the directory. */
export function PersonRow({ subject, open }: Props) {
  const { directory } = useDemo().demo;
  const [asked, dialog] = useDisclosure();
  const [erasing, erasure] = useDisclosure();
  const [editing, form] = useDisclosure();
  const { run, busy, error } = useCommand("syncDirectory");
  const { id, name, email, manager, disabled = false } = subject;
  const groups = directory.groupsOf(id).map((group) => group.name);
  const enable = () =>
    void run({ changes: [{ upsertSubject: { ...subject, disabled: false } }] }, {
      done: () => words.isEnabledAgain(name),
    });
  return (
    <li className={classes.person}>
      <Group gap="sm" wrap="nowrap" align="flex-start" miw={0} flex="1 1 18rem">
        <PersonMark name={name} size={38} />
        <div style={{ minWidth: 0 }}>
          <Group gap={6}>
            <Text fw={600}>{name}</Text>
            {directory.administrators.includes(id) && <Mark tone="done">{words.administrator}</Mark>}
            {disabled && <Mark tone="over">{words.disabled}</Mark>}
          </Group>
          <Text size="sm" c="dimmed">
            {[groups.length > 0 ? inWords(groups) : words.inNoGroup, manager === undefined ? words.noManager : words.managerOf(directory.name(manager))].join("; ")}
          </Text>
          <Text size="sm" c="dimmed">
            {email ?? words.noAddress}
          </Text>
        </div>
      </Group>
      {open && (
        <Group gap="xs">
          {name !== ERASED && (
            <RowButton icon="pencil" onClick={form.open} aria-label={words.editLabel(name)}>
              {words.edit}
            </RowButton>
          )}
          {disabled && (
            <RowButton loading={busy} onClick={enable} aria-label={words.enableLabel(name)}>
              {words.enable}
            </RowButton>
          )}
          {disabled && name !== ERASED && (
            <RowButton onClick={erasure.open} aria-label={words.eraseLabel(name)}>
              {words.erase}
            </RowButton>
          )}
          {!disabled && (
            <RowButton onClick={dialog.open} aria-label={words.disableLabel(name)}>
              {words.disable}
            </RowButton>
          )}
        </Group>
      )}
      <Modal opened={editing} onClose={form.close} title={words.editLabel(name)}>
        <PersonForm subject={subject} onClose={form.close} />
      </Modal>
      <EraseDialog subject={subject} opened={erasing} onClose={erasure.close} />
      <DisableDialog subject={subject} opened={asked} onClose={dialog.close} />
      {error && (
        <div className={classes.error}>
          <RefusalAlert error={error} />
        </div>
      )}
    </li>
  );
}
