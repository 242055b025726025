import { Radio, Stack } from "@mantine/core";
import type { LiveGrants, PendingRequests } from "access-engine";

/** What becomes of the access that a policy gave. */
export function LiveGrantsChoice({ value, onChange }: { value: LiveGrants; onChange: (value: LiveGrants) => void }) {
  return (
    <Radio.Group label="Live and scheduled access that it gave" value={value} onChange={(it) => onChange(it === "revoke" ? "revoke" : "keep")}>
      <Stack gap={6} mt={6}>
        <Radio value="keep" label="goes on until its time is up" />
        <Radio value="revoke" label="ends now" />
      </Stack>
    </Radio.Group>
  );
}

/** What becomes of the requests that wait under a policy. */
export function PendingRequestsChoice({ value, onChange }: { value: PendingRequests; onChange: (value: PendingRequests) => void }) {
  return (
    <Radio.Group label="Pending requests" value={value} onChange={(it) => onChange(it === "cancel" || it === "restart" ? it : "keep")}>
      <Stack gap={6} mt={6}>
        <Radio value="keep" label="go on under the version they were made under" />
        <Radio value="restart" label="begin again under the new one; it cancels those it would refuse" />
        <Radio value="cancel" label="are cancelled" />
      </Stack>
    </Radio.Group>
  );
}
