import { Button, Text } from "@mantine/core";
import { isAccessError } from "access-engine";
import { Callout } from "../components/Callout.tsx";
import { RefusalCode } from "../components/Refusal.tsx";
import { leaveCopy } from "../engine/open.ts";
import { sentence } from "../words/lists.ts";
import * as words from "../words/shell.ts";

/** A link whose project cannot be opened. */
export function LinkFailed({ failure }: { failure: unknown }) {
  return (
    <>
      {isAccessError(failure) && (
        <Callout alert tone="no" icon="cross" title={words.theEngineSays}>
          <Text size="sm">{sentence(failure.message)}</Text>
          <RefusalCode code={failure.code} />
        </Callout>
      )}
      <Text>{words.linkCutOff}</Text>
      <Button w="fit-content" onClick={leaveCopy}>
        {words.openMyProject}
      </Button>
    </>
  );
}
