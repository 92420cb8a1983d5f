// The matter that the address names, read before a screen of it is shown: loading, failure, or the screen.

import type { ReactNode } from "react";
import { useParams } from "react-router";
import { type Matter, useMatter } from "../api/matters";
import { FailedScreen } from "../parts/failure";
import { Loading } from "../parts/states";
import { MaskedProvider } from "./masked";

export function WithMatter({
  what,
  children,
}: {
  /** What it is called while it is read. */
  what: string;
  children: (matter: Matter) => ReactNode;
}) {
  const { id = "" } = useParams();
  const matter = useMatter(id);
  if (matter.error && !matter.data)
    return <FailedScreen error={matter.error} onRetry={() => void matter.refetch()} />;
  if (!matter.data) {
    return (
      <div className="screen">
        <Loading what={what} rows={12} />
      </div>
    );
  }
  return <MaskedProvider value={matter.data.masked}>{children(matter.data)}</MaskedProvider>;
}
