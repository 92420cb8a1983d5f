// All screens on one page: who is signed in, and which path shows which screen.

import { Spin } from "antd";
import { type ComponentType, lazy, Suspense } from "react";
import { createBrowserRouter, Navigate, type RouteObject, RouterProvider } from "react-router";
import { useSession } from "../api/session";
import { Door } from "../signin/door";
import { FirstSteps } from "../signin/first-steps";
import { Frame } from "./frame";
import { PageError } from "./page-error";

/** The route of a screen, whose code is loaded when somebody goes there. */
function screen<Name extends string>(
  path: string,
  load: () => Promise<Record<NoInfer<Name>, ComponentType>>,
  name: Name,
): RouteObject {
  const Screen = lazy(async (): Promise<{ default: ComponentType }> => ({ default: (await load())[name] }));
  const element = (
    <Suspense fallback={<Waiting />}>
      <Screen />
    </Suspense>
  );
  return path ? { path, element } : { index: true, element };
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
          screen("", () => import("../today/today"), "Today"),
          screen("overview", () => import("../overview/overview"), "Overview"),
          screen("clues", () => import("../clues/clues"), "Clues"),
          screen("clues/:id", () => import("../clue/clue"), "Clue"),
          screen("cases", () => import("../cases/cases"), "Cases"),
          screen("cases/:id", () => import("../cases/case"), "Case"),
          screen("transfers", () => import("../cases/transfers"), "Transfers"),
          screen("field", () => import("../field/field"), "Field"),
          screen("self-checks", () => import("../field/self-checks"), "SelfChecks"),
          screen("measures", () => import("../people/measures"), "Measures"),
          screen("deliveries", () => import("../deliveries/deliveries"), "Deliveries"),
          screen("joint", () => import("../joint/joint"), "Joint"),
          screen("matters/:id", () => import("../matter/matter"), "MatterScreen"),
          screen("gangs", () => import("../gangs/gangs"), "Gangs"),
          screen("gangs/:id", () => import("../gangs/gang"), "Gang"),
          screen("portraits", () => import("../portrait/portraits"), "Portraits"),
          screen("ledgers", () => import("../ledgers/ledgers"), "Ledgers"),
          screen("rules", () => import("../rules/rules"), "Rules"),
          screen("desk", () => import("../desk/desk"), "Desk"),
          screen("data", () => import("../data/data"), "Data"),
          screen("admin", () => import("../admin/admin"), "Admin"),
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
