import { VisuallyHidden } from "@mantine/core";
import { lazy } from "react";
import { Icon } from "../components/icons.tsx";
import { PersonMark } from "../components/PersonChip.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";
import { Dropdown } from "./Dropdown.tsx";
import classes from "./PersonaSwitcher.module.css";

const PersonaMenu = lazy(async () => ({ default: (await import("./PersonaMenu.tsx")).PersonaMenu }));

/** Who the visitor is, and who else there is to be. */
export function PersonaSwitcher() {
  const { demo, me } = useDemo();
  const name = demo.directory.name(me.id);
  const button = (
    <>
      <PersonMark name={name} size={32} />
      <span className={classes.words}>
        <VisuallyHidden>{words.youAre}</VisuallyHidden>
        <span className={classes.name}>{name}</span> <span className={classes.role}>{me.role}</span>
        <VisuallyHidden>{words.changeWhoYouAre}</VisuallyHidden>
      </span>
      <Icon name="down" size={16} />
    </>
  );
  return (
    <Dropdown kind="menu" label={words.beSomebodyElse} className={classes.me} button={button}>
      {(close) => <PersonaMenu onChosen={close} />}
    </Dropdown>
  );
}
