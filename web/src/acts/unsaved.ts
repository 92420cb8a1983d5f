// Leaving a half-filled form is asked about, whether by a link, by going back or by closing the window.

import { App } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useBlocker } from "react-router";

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
      title: "填写的内容还没有提交",
      content: "离开后，已填写的内容不会保留。",
      okText: "离开",
      cancelText: "继续填写",
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
    modal.confirm({
      title: "填写的内容还没有提交",
      okText: "放弃填写",
      cancelText: "继续填写",
      onOk: onClose,
    });
  };
}
