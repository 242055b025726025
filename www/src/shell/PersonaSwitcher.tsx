import { VisuallyHidden } from "@mantine/core";
import { Icon } from "../components/icons.tsx";
import { PersonMark } from "../components/PersonChip.tsx";
import { useDemo } from "../state/demo.tsx";
import { Dropdown } from "./Dropdown.tsx";
import { PersonaMenu } from "./PersonaMenu.tsx";
import classes from "./PersonaSwitcher.module.css";

/** Who the visitor is, and who else there is to be. */
export function PersonaSwitcher() {
  const { demo, me } = useDemo();
  const name = demo.directory.name(me.id);
  const button = (
    <>
      <PersonMark name={name} size={32} />
      <span className={classes.words}>
        <VisuallyHidden>You are </VisuallyHidden>
        <span className={classes.name}>{name}</span> <span className={classes.role}>{me.role}</span>
        <VisuallyHidden>. Change who you are</VisuallyHidden>
      </span>
      <Icon name="down" size={16} />
    </>
  );
  return (
    <Dropdown kind="menu" label="Be somebody else" className={classes.me} button={button}>
      {(close) => <PersonaMenu onChosen={close} />}
    </Dropdown>
  );
}
