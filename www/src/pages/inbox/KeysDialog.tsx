import { Kbd, Switch } from "@mantine/core";
import { useId } from "react";
import { Modal } from "../../components/Modal.tsx";
import * as words from "../../words/pages/inbox.ts";

const KEYS = [
  ["j", words.theNextRequest],
  ["k", words.thePreviousRequest],
  ["a", words.approveIt],
  ["r", words.goToReject],
  ["e", words.shortenItsDuration],
  ["x", words.selectIt],
  ["u", words.markItUnread],
  ["/", words.search],
  ["?", words.thisHelp],
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
    <Modal opened={opened} onClose={onClose} title={words.keys} closeButtonProps={{ "aria-label": words.close }}>
      <dl className="facts" id={id}>
        {KEYS.map(([key, does]) => (
          <Key key={key} name={key} does={does} />
        ))}
      </dl>
      <Switch mt="lg" label={words.withTheseKeys} checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} />
    </Modal>
  );
}

function Key({ name, does }: { name: string; does: string }) {
  return (
    <>
      <dt>
        <Kbd>{name}</Kbd>
      </dt>
      <dd>{does}</dd>
    </>
  );
}
