import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Demo } from "./engine/demo.ts";
import { openDemo } from "./engine/open.ts";
import { router } from "./router.tsx";
import { OpeningFailed, OpeningPage } from "./shell/Opening.tsx";
import { DemoProvider } from "./state/demo.tsx";

type Opening = { demo: Demo } | { failure: unknown } | undefined;

export function App() {
  const [opening, setOpening] = useState<Opening>();
  useEffect(() => {
    openDemo().then(
      (demo) => setOpening({ demo }),
      (failure: unknown) => setOpening({ failure }),
    );
  }, []);
  useEffect(() => {
    if (opening !== undefined && "demo" in opening) keepPage();
  }, [opening]);
  if (opening === undefined) return <OpeningPage />;
  if ("failure" in opening) return <OpeningFailed failure={opening.failure} />;
  return <Opened demo={opening.demo} />;
}

function Opened({ demo }: { demo: Demo }) {
  const isResting = useSyncExternalStore(demo.subscribe, demo.isResting);
  if (isResting) return <OpeningPage />;
  return (
    <DemoProvider demo={demo}>
      <RouterProvider router={router} />
    </DemoProvider>
  );
}

/** Has the browser keep this page for when there is no network; where it does not, the page works all the same. */
function keepPage() {
  if (import.meta.env.PROD && "serviceWorker" in navigator) navigator.serviceWorker.register("./sw.js").catch(() => {});
}
