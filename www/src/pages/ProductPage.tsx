import { Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { Code } from "../components/Code.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { useDemo } from "../state/demo.tsx";
import * as words from "../words/pages/product.ts";
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
      <PageHead title={words.putThisIntoYourProduct} lead={words.productLead} />
      <Code label={words.howToInstallIt} text="npm i access-engine" copies />
      <Panel title={words.inYourNodeServer} hint={words.nodeHint}>
        <Code label={words.theCodeForNode} text={codeOf("node.ts")} copies whole />
      </Panel>
      <Panel title={words.inYourReactApp} hint={words.reactHint}>
        <Code label={words.theCodeForReact} text={codeOf("react.tsx")} copies whole />
      </Panel>
      <Addresses />
      <Text size="sm" c="dimmed">
        {words.bothAreSourceFiles}
      </Text>
    </Stack>
  );
}
