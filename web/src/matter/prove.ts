// A stored file is held against its digests and the trail, and what came of it is said.

import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import { api, told } from "../api/client";

/** Proves a file of a matter by its id. */
export function useProveFile(matter: string) {
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (file: string) =>
      told(api.GET("/api/v1/matters/{id}/files/{file}/proof", { params: { path: { id: matter, file } } })),
    onSuccess: (proof) => {
      if (proof.whole)
        message.success(`${proof.file.title}：与收存时一致，见审计记录第 ${proof.record ?? "—"} 条`);
      else message.error(`${proof.file.title}：与收存时不一致`);
    },
  });
}
