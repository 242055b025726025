import { Text } from "@mantine/core";
import type { Pattern } from "access-engine";
import { inWords } from "../words/lists.ts";
import { EVERYTHING, placeWords, targetWords } from "../words/target.ts";

/** What access is to: the path to be read letter by letter, and where it is. */
export function Target({ target, actions }: { target: Pattern; actions?: readonly string[] }) {
  return (
    <span>
      {actions !== undefined && <Text span>{inWords(actions)} </Text>}
      {target.path === EVERYTHING ? (
        targetWords(target)
      ) : (
        <>
          <span className="code">{target.path}</span>{" "}
          <Text span c="dimmed">
            {placeWords(target.environment)}
          </Text>
        </>
      )}
    </span>
  );
}
