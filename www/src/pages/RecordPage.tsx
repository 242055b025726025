import { Stack } from "@mantine/core";
import { Icon } from "../components/icons.tsx";
import { LinkButton } from "../components/links.tsx";
import { PageHead } from "../components/PageHead.tsx";
import * as words from "../words/pages/record.tsx";
import { Chain } from "./record/Chain.tsx";
import { Entries } from "./record/Entries.tsx";

export function RecordPage() {
  return (
    <Stack gap="lg">
      <PageHead
        title={words.record}
        lead={words.recordLead}
        aside={
          <LinkButton to="/record/past" variant="default" leftSection={<Icon name="clock" size={16} />}>
            {words.seeItAsItWas}
          </LinkButton>
        }
      />
      <Chain />
      <Entries />
    </Stack>
  );
}
