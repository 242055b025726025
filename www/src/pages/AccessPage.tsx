import { Stack } from "@mantine/core";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/access.tsx";
import { Askable } from "./access/Askable.tsx";
import { CanI } from "./access/CanI.tsx";
import { Grants } from "./access/Grants.tsx";

export function AccessPage() {
  const { demo, me } = useDemo();
  return (
    <Stack gap="lg">
      <PageHead
        title={words.myAccess}
        lead={words.accessLead(demo.directory.name(me.id))}
      />
      <Grants />
      <CanI key={me.id} />
      <Askable key={`ask ${me.id}`} />
    </Stack>
  );
}
