// A new account, whose first password must be changed at the first sign-in.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Drawer, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { api, told } from "../api/client";
import { useOrganisations } from "../api/matters";
import { Failure } from "../parts/failure";
import { ROLES, SECRECY } from "../words/domain";

interface Given {
  id: string;
  organisation: string;
  certno: string;
  password: string;
  role: string;
  clearance: number;
  certificate?: string;
  certificate_until?: Dayjs;
}

export function AddAccount({ organisation, onClose }: { organisation: string; onClose: () => void }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const organisations = useOrganisations().data ?? [];
  const add = useMutation({
    mutationFn: ({ certificate, certificate_until, ...given }: Given) =>
      told(
        api.POST("/api/v1/accounts", {
          body: {
            ...given,
            certificate: certificate?.trim() || null,
            certificate_until: certificate_until?.format("YYYY-MM-DD") ?? null,
          },
        }),
      ),
    onSuccess: async (account) => {
      message.success(`账号 ${account.id} 已建立`);
      await queries.invalidateQueries({ queryKey: ["accounts"] });
      onClose();
    },
  });
  return (
    <Drawer open title="新建账号" size={520} onClose={onClose} mask={{ closable: false }}>
      <Form<Given>
        layout="vertical"
        initialValues={{ organisation, clearance: 2, role: "handler" }}
        onFinish={(given) => add.mutate(given)}
      >
        <Form.Item
          name="id"
          label="账号"
          extra="小写字母、数字和 -；不要用姓名、证件号码"
          rules={[
            { required: true, pattern: /^[a-z0-9][a-z0-9-]{1,63}$/, message: "小写字母、数字和 -，至少两位" },
          ]}
        >
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
        <Form.Item name="organisation" label="单位" rules={[{ required: true, message: "请选择单位" }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={organisations.map((one) => ({ value: one.id, label: one.title }))}
          />
        </Form.Item>
        <Form.Item name="role" label="职务" rules={[{ required: true }]}>
          <Select options={ROLES.map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="clearance" label="涉密等级" rules={[{ required: true }]}>
          <Select
            options={Object.entries(SECRECY).map(([value, label]) => ({ value: Number(value), label }))}
          />
        </Form.Item>
        <Form.Item
          name="certno"
          label="本人证件号码"
          extra="只用来保证三员不是同一人，系统只存摘要，不显示"
          rules={[{ required: true, message: "请输入证件号码" }]}
        >
          <Input.Password autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="password"
          label="初始口令"
          rules={[{ required: true, min: 12, message: "至少十二个字符" }]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Form.Item name="certificate" label="执法证号" extra="办案人员填写">
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="certificate_until" label="执法证有效期至">
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
        <Failure error={add.error} />
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          建立账号
        </Button>
      </Form>
    </Drawer>
  );
}
