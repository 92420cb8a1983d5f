// Begins: Chinese components with the page's nonce for their styles, the session, the screens.

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import { NONCE } from "./shell/nonce";
import "dayjs/locale/zh-cn";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client";
import { SessionProvider } from "./api/session";
import { Screens } from "./shell/screens";
import { THEME } from "./shell/theme";
import "./shell/page.css";

dayjs.locale("zh-cn");

// Without a network a request fails at once and says so: none waits for the network and is sent unasked.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // What the server refuses, it refuses again; only a lost connection is worth another try.
      retry: (times, error) =>
        times < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
    },
    mutations: { networkMode: "always", retry: false },
  },
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={THEME} csp={{ nonce: NONCE }} button={{ autoInsertSpace: false }}>
        <App>
          <QueryClientProvider client={queries}>
            <SessionProvider>
              <Screens />
            </SessionProvider>
          </QueryClientProvider>
        </App>
      </ConfigProvider>
    </StrictMode>,
  );
}
