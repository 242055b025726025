import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { NotFoundPage } from "./pages/NotFoundPage.tsx";
import { momentIn } from "./pages/past/address.ts";
import { ErrorPage } from "./pages/ErrorPage.tsx";
import { StartPage } from "./pages/StartPage.tsx";
import { Shell } from "./shell/Shell.tsx";
import { simulatorOf } from "./simulator/address.ts";
import { only, texts } from "./state/filters.ts";
import { prefillOf } from "./state/prefill.ts";

// Only the first page comes with the shell.
const ProductPage = lazyRouteComponent(() => import("./pages/ProductPage.tsx"), "ProductPage");
const InboxPage = lazyRouteComponent(() => import("./pages/InboxPage.tsx"), "InboxPage");
const RequestsPage = lazyRouteComponent(() => import("./pages/RequestsPage.tsx"), "RequestsPage");
const NewRequestPage = lazyRouteComponent(() => import("./pages/NewRequestPage.tsx"), "NewRequestPage");
const RequestPage = lazyRouteComponent(() => import("./pages/RequestPage.tsx"), "RequestPage");
const AmendPage = lazyRouteComponent(() => import("./pages/AmendPage.tsx"), "AmendPage");
const AccessPage = lazyRouteComponent(() => import("./pages/AccessPage.tsx"), "AccessPage");
const PoliciesPage = lazyRouteComponent(() => import("./pages/PoliciesPage.tsx"), "PoliciesPage");
const NewPolicyPage = lazyRouteComponent(() => import("./pages/PolicyPages.tsx"), "NewPolicyPage");
const PolicyPage = lazyRouteComponent(() => import("./pages/PolicyPages.tsx"), "PolicyPage");
const PermissionsPage = lazyRouteComponent(() => import("./pages/PermissionsPage.tsx"), "PermissionsPage");
const NewPermissionPage = lazyRouteComponent(() => import("./pages/PermissionPages.tsx"), "NewPermissionPage");
const PermissionPage = lazyRouteComponent(() => import("./pages/PermissionPages.tsx"), "PermissionPage");
const DelegationsPage = lazyRouteComponent(() => import("./pages/DelegationsPage.tsx"), "DelegationsPage");
const PeoplePage = lazyRouteComponent(() => import("./pages/PeoplePage.tsx"), "PeoplePage");
const OutboxPage = lazyRouteComponent(() => import("./pages/OutboxPage.tsx"), "OutboxPage");
const SimulatorPage = lazyRouteComponent(() => import("./pages/SimulatorPage.tsx"), "SimulatorPage");
const RecordPage = lazyRouteComponent(() => import("./pages/RecordPage.tsx"), "RecordPage");
const PastPage = lazyRouteComponent(() => import("./pages/PastPage.tsx"), "PastPage");

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });
const below = { getParentRoute: () => root };

const routes = [
  createRoute({ ...below, path: "/", component: StartPage }),
  createRoute({ ...below, path: "/product", component: ProductPage }),
  createRoute({ ...below, path: "/inbox", component: InboxPage, validateSearch: texts("request", "text") }),
  createRoute({ ...below, path: "/requests", component: RequestsPage, validateSearch: texts("status", "text", "environment", "mine") }),
  createRoute({ ...below, path: "/requests/new", component: NewRequestPage, validateSearch: only(prefillOf) }),
  createRoute({ ...below, path: "/requests/$requestId", component: RequestPage }),
  createRoute({ ...below, path: "/requests/$requestId/amend", component: AmendPage }),
  createRoute({ ...below, path: "/access", component: AccessPage, validateSearch: texts("text", "holder", "environment", "policy", "status") }),
  createRoute({ ...below, path: "/policies", component: PoliciesPage, validateSearch: texts("view", "text", "folder", "action") }),
  createRoute({ ...below, path: "/policies/new", component: NewPolicyPage, validateSearch: texts("environment", "path") }),
  createRoute({ ...below, path: "/policies/$policyId", component: PolicyPage, validateSearch: texts("field") }),
  createRoute({ ...below, path: "/permissions", component: PermissionsPage, validateSearch: texts("text", "holder") }),
  createRoute({ ...below, path: "/permissions/new", component: NewPermissionPage }),
  createRoute({ ...below, path: "/permissions/$permissionId", component: PermissionPage }),
  createRoute({ ...below, path: "/delegations", component: DelegationsPage, validateSearch: texts("status") }),
  createRoute({ ...below, path: "/people", component: PeoplePage }),
  createRoute({ ...below, path: "/outbox", component: OutboxPage, validateSearch: texts("mine") }),
  createRoute({ ...below, path: "/outbox/$noticeId", component: OutboxPage, validateSearch: texts("mine") }),
  createRoute({ ...below, path: "/simulator", component: SimulatorPage, validateSearch: only(simulatorOf) }),
  createRoute({ ...below, path: "/record", component: RecordPage, validateSearch: texts("text", "by", "kind", "request", "from", "until") }),
  createRoute({ ...below, path: "/record/past", component: PastPage, validateSearch: only(momentIn) }),
] as const;

// The page's address is left of the hash, so that a reload works on any server of plain files.
export const router = createRouter({
  routeTree: root.addChildren(routes),
  history: createHashHistory(),
  scrollRestoration: true,
  defaultPreload: "intent",
  defaultErrorComponent: ErrorPage,
});

/** Whoever reads by ear is told of a new page where it begins; what was opened on the one before is closed. */
router.subscribe("onResolved", ({ fromLocation, pathChanged }) => {
  if (fromLocation === undefined || !pathChanged) return;
  document.querySelector<HTMLElement>(":popover-open")?.hidePopover();
  document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
