import { Loader, Stack, Text } from "@mantine/core";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { Callout } from "../components/Callout.tsx";
import { Columns } from "../components/Columns.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { Panel } from "../components/Panel.tsx";
import { brokenOf, simulatorOf, textOf } from "../simulator/address.ts";
import type { Broken } from "../simulator/protocol.ts";
import { useSimulator } from "../simulator/useSimulator.ts";
import * as words from "../words/pages/simulator.tsx";
import { Controls } from "./simulator/Controls.tsx";
import { Figures } from "./simulator/Figures.tsx";
import { Points } from "./simulator/Points.tsx";
import { Told } from "./simulator/Told.tsx";
import { Truths } from "./simulator/Truths.tsx";
import { World } from "./simulator/World.tsx";

const route = getRouteApi("/simulator");

/** The simulator that the project's tests run, before one's eyes. */
export function SimulatorPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { report, lines, failure, order } = useSimulator(search.seed ?? 1, brokenOf(search.broken));
  useEffect(
    () =>
      router.history.subscribe(({ location: { pathname, search: text }, action: { type } }) => {
        // What this page writes into the address itself replaces it.
        if (pathname !== route.id || type === "REPLACE") return;
        const followed = simulatorOf(router.options.parseSearch(text));
        order({ do: "begin", seed: followed.seed ?? 1, broken: brokenOf(followed.broken) });
      }),
    [router, order],
  );
  const seed = report?.scene.seed;
  const broken = textOf(report?.broken ?? []);
  useEffect(() => {
    if (seed === undefined) return;
    void navigate({ search: { seed, ...(broken === "" ? {} : { broken }) }, replace: true, resetScroll: false });
  }, [navigate, seed, broken]);
  const begin = (next: number, again: readonly Broken[] = []) => order({ do: "begin", seed: next, broken: again });

  return (
    <Stack gap="lg">
      <PageHead
        title={words.tryToBreakIt}
        lead={words.simulatorLead}
      />
      {failure !== undefined && (
        <Callout alert tone="no" icon="cross" title={words.theSimulatorHasStopped}>
          <Text size="sm">{failure}</Text>
        </Callout>
      )}
      {report === undefined ? (
        failure === undefined && (
          <Text component="output" c="dimmed">
            {words.loadingTheSimulator(<Loader type="dots" size="sm" />)}
          </Text>
        )
      ) : (
        <>
          <Controls report={report} onBegin={begin} onPace={(pace) => order({ do: "pace", pace })} />
          <Figures report={report} />
          <Columns
            main={<World scene={report.scene} onBreak={(mischief, server) => order({ do: "break", mischief, ...(server === undefined ? {} : { server }) })} />}
            side={<Truths scene={report.scene} />}
          />
          <Columns
            main={<Told lines={lines} />}
            side={
              <Panel title={words.whatItHasBeenThrough} hint={words.rareEvents}>
                <Points points={report.scene.points} />
              </Panel>
            }
          />
        </>
      )}
    </Stack>
  );
}
