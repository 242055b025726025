import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import * as words from "../words/controls.tsx";

const FIRST = 20;
const MORE = 100;

/** The first of what may be thousands, and more of it when asked. */
export function Beginning<T>({ of, children }: { of: readonly T[]; children: (some: readonly T[]) => ReactNode }) {
  const [most, setMost] = useState(FIRST);
  const left = of.length - most;
  return (
    <>
      {children(of.slice(0, most))}
      {left > 0 && (
        <Button variant="subtle" size="compact-sm" mt={4} onClick={() => setMost(most + MORE)}>
          {words.showMoreLeft(left)}
        </Button>
      )}
    </>
  );
}
