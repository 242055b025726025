import { Box, Text } from "@mantine/core";
import type { Explanation } from "access-engine";
import { Callout } from "../../components/Callout.tsx";
import { useDemo } from "../../state/demo.tsx";
import { outcomeWords } from "../../words/outcome.ts";
import * as words from "../../words/pages/request.tsx";

/** How the request stands, and what was said where the glass was broken. */
export function Outcome({ explanation: { request, grant } }: { explanation: Explanation }) {
  const { demo, at } = useDemo();
  const { breakGlass } = request;
  return (
    <>
      {outcomeWords(request, grant, at, (id) => request.people[id] ?? demo.directory.name(id))}
      {breakGlass && (
        <Box mt="sm">
          <Callout tone="ember" icon="glass" title={words.theGlassWasBroken}>
          <Text size="sm">{breakGlass.justification}</Text>
          <Text size="sm" fw={600}>
            {breakGlass.acknowledgement === undefined
              ? words.nobodyHasAcknowledgedItYet
              : words.acknowledgedBy(request.people[breakGlass.acknowledgement.by] ?? breakGlass.acknowledgement.by, breakGlass.acknowledgement.comment === undefined ? "" : `: ${breakGlass.acknowledgement.comment}`)}
          </Text>
        </Callout>
        </Box>
      )}
    </>
  );
}
