import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
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
  if (opening === undefined) return <OpeningPage />;
  if ("failure" in opening) return <OpeningFailed failure={opening.failure} />;
  return (
    <DemoProvider demo={opening.demo}>
      <RouterProvider router={router} />
    </DemoProvider>
  );
}
