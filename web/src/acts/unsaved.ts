// Leaving a half-filled form is asked about, whether by a link, by going back or by closing the window.

import { App } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useBlocker } from "react-router";

/** What is asked before a form is left: to stay is what lies nearest. */
const ASKED = {
  title: "填写的内容还没有提交",
  content: "离开后，本表单中已填写的内容不会保留，也不会提交。",
  cancelText: "继续填写",
  focusable: { autoFocusButton: "cancel" as const },
  okButtonProps: { danger: true, type: "default" as const },
  cancelButtonProps: { type: "primary" as const },
};

/** Answers what lets go at once, for a form that leads elsewhere when it is done. */
export function useUnsaved(dirty: boolean): () => void {
  const { modal } = App.useApp();
  const free = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && !free.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    modal.confirm({
      ...ASKED,
      okText: "离开",
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
  }, [blocker, modal]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);
  return useCallback(() => {
    free.current = true;
  }, []);
}

/** Closes at once, or, where something was filled in, after asking. */
export function useClosing(dirty: boolean, onClose: () => void): () => void {
  const { modal } = App.useApp();
  return () => {
    if (!dirty) return onClose();
    modal.confirm({ ...ASKED, okText: "放弃填写", onOk: onClose });
  };
}
