// The login page: all that anybody gets who has not signed in.

import "./sign-in.js";
import { begin, redraw, t } from "./tongue.js";

function titled(): void {
  document.title = t("Sign in");
}

addEventListener("signed-in", () => location.replace("/"));
addEventListener("language", titled);
await begin("login-");
titled();
redraw();
