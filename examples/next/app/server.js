// The server, as the page knows it.
import { AccessError } from "access-engine";

async function call(path, init) {
  const response = await fetch(path, init);
  const body = await response.json();
  if (!response.ok) throw new AccessError(body);
  return body;
}

export const readSnapshot = () => call("/api/snapshot");

export const send = (name, input) => call(`/api/commands/${name}`, { method: "POST", body: JSON.stringify(input) });
