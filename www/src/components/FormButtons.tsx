import { Button, Group } from "@mantine/core";
import * as words from "../words/controls.tsx";

interface Props {
  confirm: string;
  busy: boolean;
  onClose: () => void;
}

/** The end of a form in a dialog: sends it, or leaves everything as it is. */
export function FormButtons({ confirm, busy, onClose }: Props) {
  return (
    <Group justify="space-between">
      <Button type="submit" loading={busy}>
        {confirm}
      </Button>
      <Button variant="default" onClick={onClose}>
        {words.cancel}
      </Button>
    </Group>
  );
}
