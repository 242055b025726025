import { Text } from "@mantine/core";
import * as words from "../words/controls.tsx";

/** How many are not shown, if any are not. */
export function AndMore({ left }: { left: number }) {
  if (left <= 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {words.andMore(left)}
    </Text>
  );
}
