import { Button, Stack, Text, Textarea } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useState } from "react";
import { addressOf, pack } from "../engine/copy.ts";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/controls.tsx";
import { Modal } from "./Modal.tsx";
import { Icon } from "./icons.tsx";
import { SaveFile } from "./SaveFile.tsx";

/** What mail readers and chats pass on whole. */
const LONGEST = 32 * 1024;

/** Copies a link to this page that carries the whole project. */
export function CopyLink() {
  const { demo } = useDemo();
  const clipboard = useClipboard({ timeout: 3000 });
  const [address, setAddress] = useState("");
  const copy = async () => {
    const made = addressOf(await pack(await demo.commits(), demo.clock.now()));
    setAddress(made);
    if (made.length <= LONGEST) clipboard.copy(made);
  };
  const isTooLong = address.length > LONGEST;
  const close = () => {
    setAddress("");
    clipboard.reset();
  };
  return (
    <>
      <Button variant="default" size="xs" leftSection={<Icon name={clipboard.copied ? "check" : "copy"} size={16} />} onClick={() => void copy()}>
        <span aria-live="polite">{clipboard.copied ? words.linkCopied : words.copyLink}</span>
      </Button>
      <Modal opened={isTooLong || clipboard.error !== null} onClose={close} title={isTooLong ? words.tooLongForALink : words.copyThisLink}>
        {isTooLong ? (
          <Stack gap="md" align="flex-start">
            <Text size="sm">
              {words.packed(Math.ceil(address.length / 1024), LONGEST / 1024)}
            </Text>
            <SaveFile />
          </Stack>
        ) : (
          <Textarea label={words.link} readOnly rows={4} value={address} onFocus={(event) => event.currentTarget.select()} data-autofocus />
        )}
      </Modal>
    </>
  );
}
