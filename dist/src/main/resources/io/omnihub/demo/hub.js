/* What the hub sees: its conversations, one of them in full, and its events; all of it through its API. */
import { $, ask, clock, make, onEnter, show, tell, toEnd } from './dom.js';

const API = '/demo/hub';
const GLYPHS = { webchat: '◐', telegram: '✈', email: '✉', webhook: '{ }' };
const NAMES = { webchat: 'Web chat', telegram: 'Telegram', email: 'E-mail', webhook: 'Partner' };
const PAGES = 10;

let selected = null;
let picked = false;
const people = new Map();

const channel = (name) => `${GLYPHS[name] || '•'} ${NAMES[name] || name}`;

const partText = (part) => {
  switch (part.type) {
    case 'text': return part.text;
    case 'choice': return `☑ ${part.label || part.id}`;
    case 'media': return `[${part.kind}] ${part.name || part.caption || ''}`;
    case 'location': return `[location] ${part.name || `${part.latitude}, ${part.longitude}`}`;
    case 'contact': return `[contact] ${part.name || ''} ${(part.phones || []).join(', ')}`;
    case 'choices': return part.text || '';
    case 'card': return `${part.title || ''} ${part.subtitle || ''}`;
    default: return `[${part.type}]`;
  }
};
const words = (message) => (message ? message.parts.map(partText).join(' ') : '');

const ownerOf = ({ handler }) => {
  if (handler.kind === 'backend') return ['bot', `bot ${handler.id}`];
  if (handler.kind === 'queue') return ['queue', 'waits for an agent'];
  return ['agent', `agent ${handler.id}`];
};

/* The name, or the next best that is known. */
const nameOf = (conversation) => {
  const contact = people.get(conversation.contactId);
  if (!contact) return 'Somebody';
  const known = contact.identities[0];
  return contact.name || (known ? known.value : 'Somebody');
};

const drawConversation = ({ conversation, name, current }) => {
  const [kind, owner] = conversation.status === 'closed' ? ['', 'closed'] : ownerOf(conversation);
  return make('li', {}, make('button', {
    type: 'button', 'aria-current': String(current),
    onclick: () => { picked = true; choose(conversation.id); },
  },
  make('span', { className: 'chip' }, channel(conversation.channel)),
  make('span', { className: 'name' }, name),
  make('span', { className: `chip ${kind}` }, owner),
  make('span', { className: 'words' }, words(conversation.lastMessage)),
  clock(conversation.lastMessageAt || conversation.openedAt)));
};

const choose = (id) => {
  selected = id;
  refresh();
};

const drawIdentity = (identity) => make('li', { className: identity.verified, title: `${identity.source}, first on ${identity.account}` },
  `${identity.scheme}:${identity.value} `, make('em', {}, identity.verified));

const NEXT = {
  uncertain: 'Nobody knows whether it was sent. Look on the left, then say what is true, or send it again.',
  failed: 'It was not sent.',
};

const settle = (id, status) => ask(`${API}/messages/${id}/settle`, { status }).then(refresh);
const resend = (id) => ask(`${API}/messages/${id}/resend`, {}).then(refresh);

const nextStep = (message) => {
  if (!NEXT[message.status]) return null;
  const button = (text, onclick) => make('button', { type: 'button', onclick }, text);
  const why = message.failure && message.failure.detail ? ` (${message.failure.detail})` : '';
  const choices = [button('Send again', () => resend(message.id))];
  if (message.status === 'uncertain') {
    choices.push(button('It was sent', () => settle(message.id, 'sent')), button('It was not', () => settle(message.id, 'failed')));
  }
  return make('div', { className: 'next' }, make('p', {}, NEXT[message.status] + why), ...choices);
};

const drawPart = (part) => {
  const options = part.options || [];
  return make('div', {}, partText(part),
    options.length ? make('div', { className: 'options' }, ...options.map((option) => make('span', {}, option.label))) : null);
};

const STATES = { queued: '… queued', sent: '✓ sent', delivered: '✓✓ delivered', read: '✓✓ read', failed: '✗ failed', uncertain: '? uncertain' };

/* The hub knows an author who is a contact by his id only. */
const authorOf = ({ author, contactId }) => {
  if (author.kind !== 'contact') return `${author.kind} ${author.name || author.id}`;
  const contact = people.get(contactId);
  return author.name || (contact && contact.name) || 'customer';
};

const drawMessage = (message) => {
  const note = message.direction === 'note';
  return make('div', { className: `entry ${message.direction} ${message.author.kind}` },
    make('div', { className: 'meta' },
      make('span', {}, note ? '✎ Note' : channel(message.channel)),
      make('span', {}, authorOf(message)),
      clock(message.receivedAt || message.sentAt),
      STATES[message.status] && message.direction === 'outbound'
        ? make('span', { className: `state ${message.status}` }, STATES[message.status]) : null),
    make('div', { className: 'body' }, ...message.parts.map(drawPart)),
    message.direction === 'outbound' ? nextStep(message) : null);
};

const all = async (path) => {
  const items = [];
  let cursor = '';
  for (let page = 0; page < PAGES; page++) {
    const found = await ask(`${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...found.items);
    if (!found.next) break;
    cursor = found.next;
  }
  return items;
};

const drawHead = (conversation) => {
  const contact = people.get(conversation.contactId);
  $('#person').textContent = nameOf(conversation);
  $('#status').className = 'chip';
  $('#status').textContent = conversation.status;
  show($('#identities'), contact ? contact.identities : [], (each) => `${each.scheme}:${each.value} ${each.source}`, drawIdentity);
  const [kind, owner] = ownerOf(conversation);
  const control = make('span', { className: `chip ${kind}` }, conversation.status === 'closed' ? 'nobody' : owner);
  $('#owner').replaceChildren('Control: ', control, make('span', { className: 'hint' }, ` epoch ${conversation.epoch}`));
  const mine = conversation.handler.kind === 'agent';
  const closed = conversation.status === 'closed';
  $('[data-act=take]').disabled = mine && !closed;
  $('[data-act=bot]').disabled = closed || conversation.handler.kind === 'backend';
  $('[data-act=close]').disabled = closed;
  $('#route').textContent = `goes out on ${NAMES[conversation.channel] || conversation.channel}`;
};

const drawOne = async (conversation) => {
  const id = conversation.id;
  const messages = await all(`${API}/conversations/${id}/messages`);
  if (id !== selected) return;
  drawHead(conversation);
  const timeline = $('#timeline');
  const fresh = timeline.dataset.of !== id;
  const follow = show(timeline, messages, (message) => message.id, drawMessage);
  timeline.dataset.of = id;
  if (fresh || follow) toEnd(timeline);
};

const draw = async () => {
  const { items } = await ask(`${API}/conversations?limit=50`);
  // Until somebody chooses, the newest one is shown.
  if (items.length && (!picked || !items.some((each) => each.id === selected))) selected = items[0].id;
  const wanted = new Set(items.slice(0, 20).map((each) => each.contactId));
  await Promise.all([...wanted].map(async (id) => people.set(id, await ask(`${API}/contacts/${id}`))));
  const rows = items.map((conversation) => ({ conversation, name: nameOf(conversation), current: conversation.id === selected }));
  show($('#conversations'), rows, (row) => row.conversation.id, drawConversation);
  $('#empty').hidden = items.length > 0;
  $('#conversation').hidden = items.length === 0;
  const one = items.find((each) => each.id === selected);
  if (one) await drawOne(one);
};

let running = false;
let again = false;
async function refresh() {
  again = true;
  if (running) return;
  running = true;
  while (again) {
    again = false;
    await draw().catch(() => {});
  }
  running = false;
}

const act = (action) => {
  picked = true;
  return ask(`${API}/conversations/${selected}/actions`, action).then(refresh);
};

const ACTS = {
  take: () => act({ type: 'assign', agent: 'me' }),
  bot: () => act({ type: 'handoff', to: 'faq', reason: 'handed back' }),
  close: () => act({ type: 'close' }),
};
document.querySelectorAll('[data-act]').forEach((button) => { button.onclick = () => ACTS[button.dataset.act]().catch(() => {}); });

const form = $('#agent');
const field = $('textarea', form);
const write = async (send) => {
  const text = field.value.trim();
  if (!text) return field.focus();
  picked = true;
  await send(text).catch(() => { field.value = field.value || text; throw new Error('refused'); });
  field.value = '';
  refresh();
};
onEnter(form);
// Whoever writes an answer means this conversation, whatever arrives meanwhile.
field.oninput = () => { picked = true; };
form.onsubmit = (event) => {
  event.preventDefault();
  write((text) => ask(`${API}/conversations/${selected}/messages`, { parts: [{ type: 'text', text }] })).catch(() => {});
};
$('[name=note]', form).onclick = () => write((text) => ask(`${API}/conversations/${selected}/notes`, { text })).catch(() => {});

const TYPES = ['message.received', 'message.updated', 'message.sent', 'message.delivered', 'message.read', 'message.failed',
  'conversation.opened', 'conversation.updated', 'conversation.handed-off', 'conversation.assigned', 'conversation.closed', 'contact.created',
  'contact.typing', 'dead-letter.added'];
const KEPT = 60;

const drawEvent = ({ type, at, data }) => {
  const about = data.message || data.conversation;
  const detail = data.message ? `${about.account} ${about.status} “${words(about).slice(0, 60)}”`
    : data.conversation ? `${about.account} ${ownerOf(about)[1]}, epoch ${about.epoch}` : '';
  return make('li', { title: detail }, clock(at), ' ', make('b', {}, type), ` ${detail}`);
};

/* Draws, and again whenever something happens; tells the others too. */
export const watch = (others) => {
  const source = new EventSource(`${API}/events`);
  const live = $('#live');
  source.onopen = () => {
    live.textContent = 'live';
    live.classList.add('up');
    refresh();
  };
  source.onerror = () => {
    live.textContent = 'no connection, trying again';
    live.classList.remove('up');
  };
  const events = $('#events');
  for (const type of TYPES) {
    source.addEventListener(type, (event) => {
      events.prepend(drawEvent(JSON.parse(event.data)));
      while (events.children.length > KEPT) events.lastChild.remove();
      refresh();
      others();
    });
  }
  refresh();
};
