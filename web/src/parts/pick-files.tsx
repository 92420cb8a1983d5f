// A button that has files chosen; what the browser shows for it by itself is in its own language and not to be styled.

import { Button, type ButtonProps } from "antd";
import { useRef } from "react";

interface Props extends Pick<ButtonProps, "type" | "size" | "loading" | "children"> {
  /** What is to be chosen, for those who do not see the button. */
  label: string;
  /** Endings that are offered first. */
  accept?: string;
  multiple?: boolean;
  /** With at least one file. */
  onFiles: (files: File[]) => unknown;
}

export function PickFiles({ label, accept, multiple, onFiles, ...button }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={multiple}
        className="unseen"
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // So that the same file can be chosen again.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button {...button} onClick={() => input.current?.click()} />
    </>
  );
}
