import { Stack } from "@mantine/core";
import { PageHead } from "../components/PageHead.tsx";
import { useDemo } from "../state/demo.tsx";
import { Askable } from "./access/Askable.tsx";
import { CanI } from "./access/CanI.tsx";
import { Grants } from "./access/Grants.tsx";

export function AccessPage() {
  const { demo, me } = useDemo();
  return (
    <Stack gap="lg">
      <PageHead
        title="My access"
        lead={`What ${demo.directory.name(me.id)} may do now, and for how long. Access ends by itself when its time is up.`}
      />
      <CanI key={me.id} />
      <Grants />
      <Askable key={`ask ${me.id}`} />
    </Stack>
  );
}
