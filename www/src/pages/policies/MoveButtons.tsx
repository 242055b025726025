import { ActionIcon, Group } from "@mantine/core";
import { Icon } from "../../components/icons.tsx";
import * as words from "../../words/pages/policies.tsx";
import classes from "./StepsField.module.css";

interface Props {
  /** Finds its buttons again where they have moved to. */
  id: string;
  /** What moves, such as `step 1`. */
  what: string;
  /** Moves it by one place; absent where there is none. */
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  /** What makes the grip one that drags. */
  handle: object;
}

/** A grip for the hand and two buttons for the keys, which keep the focus as they move. */
export function MoveButtons({ id, what, onUp, onDown, handle }: Props) {
  const move = (way: "up" | "down", act: (() => void) | undefined) => {
    act?.();
    requestAnimationFrame(() => {
      (openButton(`${id}-${way}`) ?? openButton(`${id}-${way === "up" ? "down" : "up"}`))?.focus();
    });
  };
  return (
    <Group gap={2} wrap="nowrap">
      <span className={classes.grip} title={words.dragLabel(what)} {...handle}>
        <Icon name="grip" size={16} />
      </span>
      {(["up", "down"] as const).map((way) => {
        const act = way === "up" ? onUp : onDown;
        return (
          <ActionIcon key={way} id={`${id}-${way}`} variant="subtle" color="gray" size={28} aria-label={way === "up" ? words.moveUp(what) : words.moveDown(what)} disabled={act === undefined} onClick={() => move(way, act)}>
            <Icon name={way} size={16} />
          </ActionIcon>
        );
      })}
    </Group>
  );
}

function openButton(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[id="${id}"]:enabled`);
}
