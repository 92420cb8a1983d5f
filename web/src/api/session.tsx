// Who is signed in, for every screen; a session that ends asks for a new sign-in above the page, so that nothing typed is lost.

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { api, type Me, onSessionEnd, setToken, told } from "./client";

interface Session {
  /** Who; `null` where nobody is signed in, `undefined` while it is being asked. */
  me: Me | null | undefined;
  /** Whether the session ended while somebody worked. */
  ended: boolean;
  /** Somebody signed in. */
  enter: (me: Me) => void;
  /** Asks again what the session still needs. */
  refresh: () => Promise<void>;
  /** Signs out. */
  leave: () => Promise<void>;
}

const Context = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me | null | undefined>(undefined);
  const [ended, setEnded] = useState(false);
  const queries = useQueryClient();

  const enter = useCallback(
    (next: Me) => {
      setToken(next.csrf_token);
      setMe((before) => {
        if (before && before.account !== next.account) queries.clear();
        return next;
      });
      setEnded(false);
      void queries.invalidateQueries();
    },
    [queries],
  );

  const refresh = useCallback(async () => {
    try {
      enter(await told(api.GET("/api/v1/session")));
    } catch {
      setMe(null);
    }
  }, [enter]);

  const leave = useCallback(async () => {
    try {
      await told(api.DELETE("/api/v1/session"));
    } finally {
      queries.clear();
      setMe(null);
      setEnded(false);
    }
  }, [queries]);

  useEffect(() => void refresh(), [refresh]);
  useEffect(() => onSessionEnd(() => setEnded(true)), []);

  const value = useMemo(() => ({ me, ended, enter, refresh, leave }), [me, ended, enter, refresh, leave]);
  return <Context value={value}>{children}</Context>;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("outside of the session");
  return session;
}

/** Who is signed in, on screens that nobody else reaches. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error("nobody is signed in");
  return me;
}
