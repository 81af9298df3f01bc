// The director's page: asks how it stands each second, and says what the buttons say. No text becomes markup.
"use strict";

const key = location.hash.slice(1);
const at = (id) => document.getElementById(id);
let parties = "";
let shown = "";

async function ask(request) {
  const answer = await fetch("/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Director-Key": key },
    body: JSON.stringify(request),
  });
  const value = await answer.json();
  if (value.error) throw new Error(`${value.error.message} ${value.error.advice}`.trim());
  return value.ok;
}

async function say(request) {
  try {
    show(await ask(request));
    at("fault").textContent = "";
    return true;
  } catch (error) {
    at("fault").textContent = error.message;
    return false;
  }
}

function element(tag, text, kind) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function columns(value) {
  const names = value.parties.map((each) => each.party);
  if (parties === names.join("\n")) return names;
  parties = names.join("\n");
  const heads = value.parties.map((each) => element("th", `${each.party} (${each.played ? "people" : "script"})`));
  const all_heads = [element("th", "Story, UTC"), ...heads];
  for (const each of all_heads) each.scope = "col";
  at("parties").replaceChildren(...all_heads);
  const choice = document.querySelector("select[name=party]");
  const all = element("option", "all");
  all.value = "";
  choice.replaceChildren(all, ...names.map((name) => element("option", name)));
  return names;
}

function row(each, names) {
  const made = element("tr", "");
  made.append(element("td", each.at.slice(0, 16).replace("T", " ")));
  const said = `${each.sort}: ${each.text}`;
  if (names.includes(each.party)) {
    made.append(...names.map((name) => element("td", name === each.party ? said : "", each.sort)));
  } else {
    const wide = element("td", said, each.sort);
    wide.colSpan = names.length;
    made.append(wide);
  }
  return made;
}

function show(value) {
  document.title = `Director: ${value.title}`;
  at("title").textContent = value.title;
  at("story").textContent = value.story.replace("T", " ");
  at("speed").textContent = `${value.runs ? "runs" : "STANDS"}, ${value.speed} times the clock on the wall; ends ${value.ends}`;
  at("live").textContent = value.parties.filter((each) => each.down).map((each) => `The post of ${each.party} is down.`).join(" ") || "All posts run.";
  at("live").className = "";
  at("pause").disabled = !value.runs;
  at("go").disabled = value.runs;
  const names = columns(value);
  at("coming").replaceChildren(...value.coming.map((each) => element("li", `${each.at.slice(0, 16).replace("T", " ")} ${each.what}`)));
  const mark = `${value.rows}`;
  if (mark !== shown) {
    shown = mark;
    at("rows").replaceChildren(...value.last.toReversed().map((each) => row(each, names)));
  }
}

async function look() {
  try {
    show(await ask({ do: "status" }));
  } catch (error) {
    at("live").className = "off";
    at("live").textContent = error instanceof TypeError ? "NOT LIVE: the exercise is over, or this machine does not answer." : error.message;
  }
  setTimeout(look, 1000);
}

for (const what of ["pause", "go"]) at(what).addEventListener("click", () => say({ do: what }));
at("next").addEventListener("click", () => say({ do: "jump" }));
at("end").addEventListener("click", () => {
  if (confirm("End the exercise? It is proved and reported as far as it came.")) say({ do: "end" });
});
at("jump").addEventListener("submit", (event) => {
  event.preventDefault();
  say({ do: "jump", to: event.target.to.value.trim() });
});
at("inject").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const request = { do: "inject", party: form.party.value, [form.what.value]: form.words.value };
  if (await say(request)) form.words.value = "";
});
look();
