/* Small things that the page's other scripts share. Texts only ever become text nodes. */
export const $ = (selector, within = document) => within.querySelector(selector);

export const make = (tag, properties = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
};

/* Shows a list: what has not changed keeps its node, and who was at the end stays there. */
export const show = (list, items, key, draw) => {
  const end = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const before = list.shown || new Map();
  const after = new Map();
  items.forEach((item, place) => {
    const id = String(key(item));
    const text = JSON.stringify(item);
    const known = before.get(id);
    const kept = known && known.text === text ? known : { text, node: draw(item) };
    after.set(id, kept);
    if (list.children[place] !== kept.node) list.insertBefore(kept.node, list.children[place] || null);
  });
  while (list.children.length > items.length) list.lastChild.remove();
  list.shown = after;
  return end && [...after.values()].some((each) => ![...before.values()].includes(each));
};

export const toEnd = (list) => { list.scrollTop = list.scrollHeight; };

export const clock = (time) => {
  const at = new Date(time);
  return make('time', { dateTime: at.toISOString(), title: at.toLocaleString() },
    at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' }));
};

let hide;
export const tell = (text) => {
  const toast = $('#toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hide);
  hide = setTimeout(() => { toast.hidden = true; }, 6000);
};

/* Asks for JSON; a refusal is told and thrown. */
export const ask = async (path, body) => {
  const request = body === undefined ? {} :
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, request);
  } catch (problem) {
    if (body !== undefined) tell('The hub does not answer.');
    throw problem;
  }
  const json = await answer.json().catch(() => ({}));
  if (answer.ok) return json;
  const words = json.detail || json.title || `The hub refused (${answer.status}).`;
  if (body !== undefined) tell(words);
  throw new Error(words);
};

/* Enter sends, unless an input method composes. */
export const onEnter = (form) => {
  form.addEventListener('keydown', (event) => {
    if (event.target.tagName !== 'TEXTAREA' || event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
};
