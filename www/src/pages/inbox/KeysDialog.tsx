import { Kbd, Switch } from "@mantine/core";
import { useId } from "react";
import { Modal } from "../../components/Modal.tsx";

const KEYS = [
  ["j", "The next request"],
  ["k", "The previous request"],
  ["a", "Approve it"],
  ["r", "Go to Reject; Enter rejects it"],
  ["e", "Shorten its duration"],
  ["x", "Select it, to approve several"],
  ["u", "Mark it unread"],
  ["/", "Search"],
  ["?", "This help"],
] as const;

interface Props {
  opened: boolean;
  onClose: () => void;
  on: boolean;
  onSwitch: (on: boolean) => void;
}

/** What the keys of the inbox do, and a switch for whoever does not want them. */
export function KeysDialog({ opened, onClose, on, onSwitch }: Props) {
  const id = useId();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" closeButtonProps={{ "aria-label": "Close" }}>
      <dl className="facts" id={id}>
        {KEYS.map(([key, words]) => (
          <Key key={key} name={key} words={words} />
        ))}
      </dl>
      <Switch mt="lg" label="Use these keys" checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} />
    </Modal>
  );
}

function Key({ name, words }: { name: string; words: string }) {
  return (
    <>
      <dt>
        <Kbd>{name}</Kbd>
      </dt>
      <dd>{words}</dd>
    </>
  );
}
