import { Group, Text, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { PersonMark } from "../components/PersonChip.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/shell.ts";
import classes from "./PersonaSwitcher.module.css";

/** The people there are to be; arrows go from one to the next. */
export function PersonaMenu({ onChosen }: { onChosen: () => void }) {
  const { demo, me, personas, become } = useDemo();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>("[aria-checked=true]")?.focus(), []);
  return (
    <div ref={list} role="none" onKeyDown={go}>
      <Text size="xs" c="dimmed" px="sm" pb={4} aria-hidden>
        {words.beSomebodyElse}
      </Text>
      {personas.map(({ id, role, part }) => (
        <UnstyledButton
          key={id}
          role="menuitemradio"
          aria-checked={id === me.id}
          tabIndex={-1}
          className={classes.item}
          onClick={() => {
            onChosen();
            become(id);
          }}
        >
          <Group gap="sm" wrap="nowrap">
            <PersonMark name={demo.directory.name(id)} size={34} />
            <div>
              <Text size="sm" fw={600}>
                {demo.directory.name(id)}
                <Text span size="sm" c="dimmed" fw={400}>{`, ${role}`}</Text>
              </Text>
              <Text size="xs" c="dimmed">
                {demo.directory.subjects.get(id)?.disabled ? words.disabledAtTheMoment : part}
              </Text>
            </div>
          </Group>
        </UnstyledButton>
      ))}
    </div>
  );
}

function go(event: KeyboardEvent<HTMLElement>) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitemradio]")];
  const at = items.findIndex((it) => it === document.activeElement);
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const place = places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  items.at(place % items.length)?.focus();
}
