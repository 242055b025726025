import { Radio, Stack } from "@mantine/core";
import type { LiveGrants, PendingRequests } from "access-engine";
import * as words from "../../words/pages/policies.tsx";

/** What becomes of the access that a policy gave. */
export function LiveGrantsChoice({ value, onChange }: { value: LiveGrants; onChange: (value: LiveGrants) => void }) {
  return (
    <Radio.Group label={words.accessThatItGave} value={value} onChange={(it) => onChange(it === "revoke" ? "revoke" : "keep")}>
      <Stack gap={6} mt={6}>
        <Radio value="keep" label={words.goesOn} />
        <Radio value="revoke" label={words.endsNow} />
      </Stack>
    </Radio.Group>
  );
}

/** What becomes of the requests that wait under a policy. */
export function PendingRequestsChoice({ value, onChange }: { value: PendingRequests; onChange: (value: PendingRequests) => void }) {
  return (
    <Radio.Group label={words.pendingRequests} value={value} onChange={(it) => onChange(it === "cancel" || it === "restart" ? it : "keep")}>
      <Stack gap={6} mt={6}>
        <Radio value="keep" label={words.goOnUnderTheirVersion} />
        <Radio value="restart" label={words.beginAgain} />
        <Radio value="cancel" label={words.areCancelled} />
      </Stack>
    </Radio.Group>
  );
}
