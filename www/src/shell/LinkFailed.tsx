import { Button, Text } from "@mantine/core";
import { isAccessError } from "access-engine";
import { Callout } from "../components/Callout.tsx";
import { RefusalCode } from "../components/Refusal.tsx";
import { leaveCopy } from "../engine/open.ts";
import { sentence } from "../words/lists.ts";

/** A link whose project cannot be opened. */
export function LinkFailed({ failure }: { failure: unknown }) {
  return (
    <>
      {isAccessError(failure) && (
        <Callout alert tone="no" icon="cross" title="The engine says">
          <Text size="sm">{sentence(failure.message)}</Text>
          <RefusalCode code={failure.code} />
        </Callout>
      )}
      <Text>The link was cut off or altered on its way: ask for it again. Your own project is untouched.</Text>
      <Button w="fit-content" onClick={leaveCopy}>
        Open my project
      </Button>
    </>
  );
}
