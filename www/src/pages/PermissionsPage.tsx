import { Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { AbilityButton } from "../components/AbilityButton.tsx";
import { Icon } from "../components/icons.tsx";
import { PageHead } from "../components/PageHead.tsx";
import { useManagePermissions } from "../state/permissions.ts";
import * as words from "../words/pages/permissions.tsx";
import { PermissionList } from "./permissions/PermissionList.tsx";

export function PermissionsPage() {
  const navigate = useNavigate();
  return (
    <Stack gap="lg">
      <PageHead
        title={words.permissions}
        lead={words.permissionsLead}
        aside={
          <AbilityButton quiet ability={useManagePermissions()} onClick={() => void navigate({ to: "/permissions/new" })} leftSection={<Icon name="add" size={16} />}>
            {words.makeAPermission}
          </AbilityButton>
        }
      />
      <PermissionList />
    </Stack>
  );
}
