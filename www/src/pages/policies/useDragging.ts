import { type DragEvent, useState } from "react";

type Kind = "step" | "quorum";

export interface Dragging {
  /** For what is taken hold of; what moves is the element around it with `data-movable`. */
  readonly handle: (kind: Kind, key: string) => object;
  /** For where others of its kind may be dropped. */
  readonly target: (kind: Kind, key: string, put: (dragged: string) => void) => object;
}

/** Lets steps and quorums be dragged to each other's places. */
export function useDragging(): Dragging {
  const [dragged, setDragged] = useState<{ kind: Kind; key: string }>();
  const [over, setOver] = useState<string>();
  const end = () => {
    setDragged(undefined);
    setOver(undefined);
  };
  return {
    handle: (kind, key) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        const whole = event.currentTarget.closest("[data-movable]");
        if (whole !== null) event.dataTransfer.setDragImage(whole, 16, 16);
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", key);
        setDragged({ kind, key });
      },
      onDragEnd: end,
    }),
    target: (kind, key, put) => ({
      "data-movable": true,
      "data-over": dragged?.kind === kind && dragged.key !== key && over === key,
      onDragOver: (event: DragEvent) => {
        if (dragged?.kind !== kind) return;
        event.preventDefault();
        setOver(key);
      },
      onDrop: (event: DragEvent) => {
        if (dragged?.kind !== kind) return;
        event.preventDefault();
        end();
        if (dragged.key !== key) put(dragged.key);
      },
    }),
  };
}
