import { StrictMode, Suspense, use, useState } from "react";
import { createRoot } from "react-dom/client";
import { AccessProvider } from "access-engine/react";
import { openEngine } from "./engine.js";
import { Inbox } from "./Inbox.jsx";
import { Secret } from "./Secret.jsx";

const opening = openEngine();

/** Whoever has signed in; here one may be anybody. */
function App() {
  const engine = use(opening);
  const [id, setId] = useState("dev");
  return (
    <AccessProvider engine={engine} actor={{ subject: id }}>
      <label>
        You are{" "}
        <select value={id} onChange={(event) => setId(event.target.value)}>
          <option value="dev">Dev</option>
          <option value="ada">Ada</option>
        </select>
      </label>
      <Secret path="/payments/stripe" />
      <Inbox />
    </AccessProvider>
  );
}

createRoot(document.querySelector("#root")).render(
  <StrictMode>
    <Suspense fallback="Opening…">
      <App />
    </Suspense>
  </StrictMode>,
);
