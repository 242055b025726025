import { Stack } from "@mantine/core";
import { Icon } from "../components/icons.tsx";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Chain } from "./record/Chain.tsx";
import { Entries } from "./record/Entries.tsx";

export function RecordPage() {
  return (
    <Stack gap="lg">
      <PageHead
        title="Record"
        lead="Everything that ever happened, in order. Each commit carries the hash of the one before, so nothing can be changed or cut out unnoticed."
        aside={
          <LinkButton to="/record/past" variant="default" leftSection={<Icon name="clock" size={16} />}>
            See it as it was
          </LinkButton>
        }
      />
      <Chain />
      <Entries />
    </Stack>
  );
}
