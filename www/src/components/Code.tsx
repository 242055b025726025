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
  /** Whether its lines stay whole: on a phone it scrolls sideways. */
  whole?: boolean;
}

/** Code as it is written, with a button that copies it. */
export function Code({ label, text, copies = false, whole = false }: Props) {
  const { copy, copied } = useClipboard();
  return (
    <figure className={classes.code} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys scroll it, too */}
      <pre className={classes.text} data-copies={copies} data-whole={whole} tabIndex={whole ? 0 : undefined}>
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
