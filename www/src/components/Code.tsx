import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import * as words from "../words/controls.tsx";
import classes from "./Code.module.css";
import { Icon } from "./icons.tsx";

interface Props {
  /** What it is, for whoever reads by ear. */
  label: string;
  text: string;
  /** Whether there is a button that copies it. */
  copies?: boolean;
}

/** Code as it is written, with a button that copies it. */
export function Code({ label, text, copies = false }: Props) {
  const { copy, copied } = useClipboard();
  return (
    <figure className={classes.code} aria-label={label}>
      {/* On a phone it scrolls sideways, for keys, too. */}
      <pre className={classes.text} data-copies={copies} tabIndex={0}>
        <code>{text}</code>
      </pre>
      {copies && (
        <ActionIcon variant="default" size={32} className={classes.copy} aria-label={copied ? words.copied(label) : words.copy(label)} onClick={() => copy(text)}>
          <Icon name={copied ? "check" : "copy"} size={16} />
        </ActionIcon>
      )}
    </figure>
  );
}
