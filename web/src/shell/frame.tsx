// The frame of all screens: places by role at the left, who is signed in above, the screen itself.

import { Button, Dropdown, Layout, Menu, Modal } from "antd";
import { useState } from "react";
import { Link, Navigate, Outlet, useLocation, useNavigate } from "react-router";
import { useNames } from "../api/matters";
import { useMe, useSession } from "../api/session";
import mark from "../mark.svg";
import { ChangePassword } from "../signin/change-password";
import { SignInForm } from "../signin/sign-in-form";
import { department, role } from "../words/domain";
import { Icon } from "./icons";
import { home, PLACES } from "./nav";
import { Search } from "./search";

export function Frame() {
  const me = useMe();
  const { ended, leave } = useSession();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const names = useNames();
  const [changing, setChanging] = useState(false);
  const places = PLACES.filter((place) => place.serves(me));
  const chosen = places.filter(
    (place) => place.path === pathname || (place.path !== "/" && pathname.startsWith(place.path)),
  );
  if (pathname === "/" && home(me) !== "/") return <Navigate to={home(me)} replace />;
  const works =
    places.length > 0 &&
    !places.some((place) => place.path === "/admin") &&
    me.role !== "statistics" &&
    me.department !== "third_party";
  return (
    <Layout className="frame">
      <a className="skip" href="#screen">
        跳到内容
      </a>
      <Layout.Sider width={176} theme="dark">
        <div className="brand">
          <img src={mark} alt="" /> 明察
        </div>
        <nav aria-label="功能">
          <Menu
            theme="dark"
            mode="inline"
            selectedKeys={chosen.map((place) => place.path)}
            items={places.map((place) => ({
              key: place.path,
              icon: <Icon name={place.icon} />,
              label: <Link to={place.path}>{place.title}</Link>,
            }))}
          />
        </nav>
      </Layout.Sider>
      <Layout>
        <Layout.Header className="bar">
          <div className="grow">{works && <Search />}</div>
          <span className="hint">
            {names.organisation(me.organisation)} · {department(me.department)}
          </span>
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "password", label: "修改口令" },
                { key: "leave", label: "退出登录" },
              ],
              onClick: ({ key }) => {
                if (key === "password") setChanging(true);
                else void leave().then(() => navigate("/"));
              },
            }}
          >
            <Button type="text" aria-haspopup="menu">
              {names.officer(me.account)}（{role(me.role)}）▾
            </Button>
          </Dropdown>
        </Layout.Header>
        <Layout.Content id="screen" tabIndex={-1}>
          <Outlet />
        </Layout.Content>
      </Layout>
      <Modal
        open={ended}
        title="登录已失效"
        footer={null}
        closable={false}
        mask={{ closable: false }}
        width={420}
      >
        <p>请重新登录；本页填写的内容都还在。</p>
        <SignInForm account={me.account} />
      </Modal>
      <Modal
        open={changing}
        title="修改口令"
        footer={null}
        onCancel={() => setChanging(false)}
        destroyOnHidden
      >
        <ChangePassword onDone={() => setChanging(false)} />
      </Modal>
    </Layout>
  );
}
