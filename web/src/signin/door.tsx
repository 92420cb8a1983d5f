// The door: what this is, and the form to sign in.

import { ProviderDoor } from "./provider";
import { SignInForm } from "./sign-in-form";

export function Door() {
  return (
    <div className="door">
      <section className="welcome" aria-label="简介">
        <h1>明察</h1>
        <p>医保基金监管工作台</p>
        <p>
          从数据里发现线索，依法核查、立案、决定、移送，
          <br />
          每一步有期限、有依据、有留痕。
        </p>
      </section>
      <main className="panel">
        <h2>登录</h2>
        <ProviderDoor />
        <SignInForm />
      </main>
    </div>
  );
}
