import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Form } from "./Form.tsx";
import { Modal } from "./Modal.tsx";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What the button says that does it. */
  confirm: string;
  /** And the one that does not. */
  keep: string;
  onConfirm: () => unknown;
  /** For a dialog with a field: what was said against it is about what stood there before. */
  onEdit?: () => void;
  busy: boolean;
  disabled?: boolean;
  children: ReactNode;
}

/**
 * Asks once more before something is taken away.
 *
 * It is asked for at the right edge of the page and done at the left of the dialog, so that no double click does it.
 */
export function Dialog({ opened, onClose, title, confirm, keep, onConfirm, onEdit, busy, disabled = false, children }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Form onSubmit={onConfirm} onEdit={onEdit}>
        <Stack gap="md">
          {children}
          <Group justify="space-between">
            <Button type="submit" color="red" loading={busy} disabled={disabled}>
              {confirm}
            </Button>
            <Button variant="default" onClick={onClose} data-autofocus>
              {keep}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
