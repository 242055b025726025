/* oxlint-disable import/no-unassigned-import -- styles have nothing to assign */
import "@fontsource-variable/instrument-sans";
import "@mantine/core/styles.css";
import "./styles.css";
import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { guardFocus } from "./state/focus.ts";
import { theme, variables } from "./theme.ts";

const place = document.querySelector("#root");
if (place === null) throw new Error("the page has no #root");
guardFocus();

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <App />
    </MantineProvider>
  </StrictMode>,
);
