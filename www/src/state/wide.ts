import { useMediaQuery } from "@mantine/hooks";

/** Whether there is room for a list and what is chosen in it, side by side. */
export function useIsWide(): boolean {
  return useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false }) ?? false;
}
