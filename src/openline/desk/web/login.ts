// The login page: all that anybody gets who has not signed in.

import "./sign-in.js";

addEventListener("signed-in", () => location.replace("/"));
