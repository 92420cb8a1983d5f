// All screens on one page: who is signed in, and which path shows which screen.

import { Spin } from "antd";
import { type ComponentType, lazy, Suspense } from "react";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";
import { useSession } from "../api/session";
import { Door } from "../signin/door";
import { FirstSteps } from "../signin/first-steps";
import { Frame } from "./frame";
import { PageError } from "./page-error";

type Loaded = Promise<Record<string, ComponentType>>;

function screen(load: () => Loaded, name: string) {
  const Screen = lazy(async () => {
    const found = (await load())[name];
    if (!found) throw new Error(`no screen ${name}`);
    return { default: found };
  });
  return (
    <Suspense fallback={<Waiting />}>
      <Screen />
    </Suspense>
  );
}

function Waiting() {
  return (
    <div className="quietbox" role="status">
      <Spin /> 正在打开
    </div>
  );
}

const router = createBrowserRouter([
  {
    path: "/",
    element: <Frame />,
    errorElement: <PageError />,
    children: [
      {
        // A screen that fails leaves the frame around it as it is.
        errorElement: <PageError />,
        children: [
          { index: true, element: screen(() => import("../today/today") as unknown as Loaded, "Today") },
          {
            path: "overview",
            element: screen(() => import("../overview/overview") as unknown as Loaded, "Overview"),
          },
          { path: "clues", element: screen(() => import("../clues/clues") as unknown as Loaded, "Clues") },
          { path: "clues/:id", element: screen(() => import("../clue/clue") as unknown as Loaded, "Clue") },
          { path: "cases", element: screen(() => import("../cases/cases") as unknown as Loaded, "Cases") },
          { path: "cases/:id", element: screen(() => import("../cases/case") as unknown as Loaded, "Case") },
          {
            path: "transfers",
            element: screen(() => import("../cases/transfers") as unknown as Loaded, "Transfers"),
          },
          { path: "field", element: screen(() => import("../field/field") as unknown as Loaded, "Field") },
          {
            path: "self-checks",
            element: screen(() => import("../field/self-checks") as unknown as Loaded, "SelfChecks"),
          },
          {
            path: "measures",
            element: screen(() => import("../people/measures") as unknown as Loaded, "Measures"),
          },
          {
            path: "deliveries",
            element: screen(() => import("../deliveries/deliveries") as unknown as Loaded, "Deliveries"),
          },
          { path: "joint", element: screen(() => import("../joint/joint") as unknown as Loaded, "Joint") },
          {
            path: "matters/:id",
            element: screen(() => import("../matter/matter") as unknown as Loaded, "MatterScreen"),
          },
          { path: "gangs", element: screen(() => import("../gangs/gangs") as unknown as Loaded, "Gangs") },
          { path: "gangs/:id", element: screen(() => import("../gangs/gang") as unknown as Loaded, "Gang") },
          {
            path: "portraits",
            element: screen(() => import("../portrait/portraits") as unknown as Loaded, "Portraits"),
          },
          {
            path: "ledgers",
            element: screen(() => import("../ledgers/ledgers") as unknown as Loaded, "Ledgers"),
          },
          {
            path: "rules",
            element: screen(() => import("../rules/rules") as unknown as Loaded, "Rules"),
          },
          { path: "desk", element: screen(() => import("../desk/desk") as unknown as Loaded, "Desk") },
          { path: "data", element: screen(() => import("../data/data") as unknown as Loaded, "Data") },
          { path: "admin", element: screen(() => import("../admin/admin") as unknown as Loaded, "Admin") },
          { path: "*", element: <Navigate to="/" replace /> },
        ],
      },
    ],
  },
]);

export function Screens() {
  const { me } = useSession();
  if (me === undefined) return <Waiting />;
  if (me === null) return <Door />;
  if (me.must_change_password || me.must_set_second_factor) return <FirstSteps />;
  return <RouterProvider router={router} />;
}
