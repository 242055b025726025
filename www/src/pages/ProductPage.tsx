import { Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { Code } from "../components/Code.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { useDemo } from "../state/demo.tsx";
import { Addresses } from "./start/Addresses.tsx";

const CODE = import.meta.glob<string>("./product/*", { query: "?raw", import: "default", eager: true });
const codeOf = (name: string): string => (CODE[`./product/${name}`] ?? "").trim();

/** The end of the story: the code that does what was seen. */
export function ProductPage() {
  const { demo } = useDemo();
  useEffect(() => {
    if (demo.cabinet.recall("productSeen")) return;
    void demo.cabinet.change("productSeen", () => true).then(() => demo.changed());
  }, [demo]);
  return (
    <Stack gap="lg">
      <PageHead title="Put this into your product" lead="What you have just seen, as code: a policy, a request, its approval, and the decision." />
      <Code label="How to install it" text="npm i access-engine" copies />
      <Panel title="In your Node server" hint="The authority. Give it a store that lasts and a mailer that sends, and you are done.">
        <Code label="The code for Node" text={codeOf("node.ts")} copies />
      </Panel>
      <Panel title="In your React app" hint="A button that is enabled exactly when the engine would carry out the command, and says why when it is not.">
        <Code label="The code for React" text={codeOf("react.tsx")} copies />
      </Panel>
      <Addresses />
      <Text size="sm" c="dimmed">
        Both are source files of this page, compiled with it; its tests run the first.
      </Text>
    </Stack>
  );
}
