import { Stack } from "@mantine/core";
import { PageHead } from "../components/PageHead.tsx";
import { Chain } from "./record/Chain.tsx";
import { Entries } from "./record/Entries.tsx";

export function RecordPage() {
  return (
    <Stack gap="lg">
      <PageHead
        title="Record"
        lead="Everything that ever happened, in order. Each commit carries the hash of the one before, so that nothing can be changed or cut unseen."
      />
      <Chain />
      <Entries />
    </Stack>
  );
}
