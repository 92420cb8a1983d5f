// Tokens in texts become what may be seen of them, and digests stay.

import { expect, test } from "vitest";
import { masking } from "./masked";

test("a token shows its masked form, an unknown one that it is sealed, a digest itself", () => {
  const token = "0123456789abcdef0123456789abcdef";
  const shown = masking([{ token, kind: "name", title: "姓名", shown: "张*" }]);
  expect(shown(`当事人 ${token}，电话 ${"f".repeat(32)}。`)).toBe("当事人 张*，电话 （已密封）。");
  expect(shown("a".repeat(64))).toBe("a".repeat(64));
});
