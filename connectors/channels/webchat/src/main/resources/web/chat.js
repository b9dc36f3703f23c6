/*
 * The chat widget of Omnihub. One script tag embeds it:
 *   <script async src="https://hub.example.com/chat.js" data-account="site-chat"></script>
 * Also: data-title, -accent (#rrggbb), -language (zh, en), -open, -user with -signature, -name, -email, -phone;
 * Omnihub.open() and close(). Keeps nothing before the visitor writes; shows what others write only as text.
 */
(() => {
'use strict';

const script = document.currentScript || document.querySelector('script[data-account]');
if (!script || window.Omnihub) return;
const options = script.dataset;
const account = options.account || '';
const base = new URL(script.src, location.href).href.replace(/\/chat\.js(?:[?#].*)?$/, '');
const api = `${base}/chat/${encodeURIComponent(account)}/`;

const MAX_TEXT = 4000;
const MAX_FILE = 20 * 1024 * 1024;
const QUEUE_LIFE = 6 * 24 * 3600 * 1000;
const PING = 25000;
const ANSWER = 12000;

const WORDS = {
  en: {
    title: 'Chat with us', greeting: 'Hello! How can we help?', open: 'Open chat', close: 'Close chat',
    write: 'Write a message', send: 'Send', attach: 'Send a file', log: 'Messages',
    sending: 'Sending…', sent: 'Sent', failed: 'Not sent.', retry: 'Try again', typing: 'is writing…',
    somebody: 'Somebody', offline: 'No connection. Messages will be sent when it is back.',
    closed: 'The chat is not available here.', tooLarge: 'Files may have at most 20 MB.',
    deleted: 'This message was deleted.', unsupported: 'This content cannot be shown here.',
    place: 'Location', image: 'Image', file: 'File', cards: 'Cards, scroll sideways', bot: 'Assistant', unread: 'unread',
  },
  zh: {
    title: '在线咨询', greeting: '您好，请问有什么可以帮您？', open: '打开聊天', close: '关闭聊天',
    write: '输入消息', send: '发送', attach: '发送文件', log: '消息',
    sending: '发送中…', sent: '已发送', failed: '未发送。', retry: '重试', typing: '正在输入…',
    somebody: '对方', offline: '网络已断开，恢复后会自动发送消息。',
    closed: '此处暂时无法使用聊天。', tooLarge: '文件不能超过 20 MB。',
    deleted: '此消息已删除。', unsupported: '此处无法显示该内容。',
    place: '位置', image: '图片', file: '文件', cards: '卡片，可左右滑动', bot: '智能助手', unread: '条未读',
  },
};
const language = (options.language || navigator.language || 'en').toLowerCase().startsWith('zh') ? 'zh' : 'en';
const say = (key) => WORDS[language][key];

const KEY = `omnihub.${account}`;
// In private mode the chat works, but does not survive the page.
const storage = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};

const uuid = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');

class Line {
  constructor(on) {
    this.on = on;
    const kept = storage((store) => JSON.parse(store.getItem(KEY))) || {};
    this.token = kept.token || '';
    this.visitor = kept.visitor || '';
    this.queue = (kept.queue || []).filter((item) => Date.now() - item.since < QUEUE_LIFE);
    this.fresh = new Set();
    this.wrote = Boolean(this.token);
    this.after = null;
    this.tries = 0;
    this.ready = false;
    this.wanted = false;
    this.ended = false;
    window.addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.hurry());
  }

  start() {
    if (this.wanted || this.ended) return;
    this.wanted = true;
    this.connect();
  }

  hurry() {
    if (!this.wanted || this.ready || this.busy) return;
    clearTimeout(this.timer);
    this.connect();
  }

  async connect() {
    this.busy = true;
    try {
      if (!this.session) await this.login();
      this.dial();
    } catch (problem) {
      this.busy = false;
      if (problem.final) this.end();
      else this.later();
    }
  }

  async login() {
    const body = { visitor: this.token, language: navigator.language || '', page: location.href.slice(0, 2000) };
    for (const key of ['user', 'signature', 'name', 'email', 'phone']) if (options[key]) body[key] = options[key];
    const answer = await fetch(`${api}session`, { method: 'POST', credentials: 'omit', body: JSON.stringify(body) });
    if (!answer.ok) throw { final: answer.status < 500 && answer.status !== 429 };
    const session = await answer.json();
    if (this.visitor && this.visitor !== session.visitor) this.forget();
    this.session = session;
    this.token = session.token;
    this.visitor = session.visitor;
    this.save();
    this.on.session(session);
  }

  /* Somebody else sits here now; what he has just written stays his. */
  forget() {
    this.queue = this.queue.filter((item) => this.fresh.has(item.frame.clientId));
    this.after = null;
    this.wrote = this.queue.length > 0;
    storage((store) => store.removeItem(KEY));
    this.on.forget();
  }

  dial() {
    const socket = new WebSocket(`${api.replace(/^http/, 'ws')}socket`);
    this.socket = socket;
    this.timer = setTimeout(() => socket.close(), ANSWER);
    socket.onopen = () => {
      const hello = { t: 'hello', token: this.token };
      if (this.after !== null) hello.after = this.after;
      this.send(hello);
    };
    socket.onmessage = (event) => this.socket === socket && this.hear(JSON.parse(event.data));
    socket.onclose = (event) => this.socket === socket && this.lost(event.code);
  }

  send(frame) {
    if (this.socket && this.socket.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  hear(frame) {
    clearTimeout(this.silence);
    switch (frame.t) {
      case 'ready':
        clearTimeout(this.timer);
        this.busy = false;
        this.ready = true;
        this.tries = 0;
        this.beat = setInterval(() => this.ping(), PING);
        this.on.state(true);
        this.pump();
        break;
      case 'msg':
        if (frame.position) this.after = Math.max(this.after || 0, frame.position);
        this.on.message(frame);
        break;
      case 'ack':
        this.settle(frame.clientId);
        this.on.sent(frame.clientId);
        break;
      case 'typing':
        this.on.typing(frame.for);
        break;
      case 'error':
        this.refused(frame);
        break;
    }
  }

  /* A line that stays silent is dead. */
  ping() {
    this.send({ t: 'ping' });
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.drop(), ANSWER);
  }

  drop() {
    const socket = this.socket;
    this.lost(1006);
    socket.close();
  }

  lost(code) {
    for (const timer of [this.timer, this.silence, this.pause, this.beat]) clearTimeout(timer);
    this.land();
    this.socket = null;
    this.ready = false;
    this.busy = false;
    if (code === 4403) return this.end();
    if (code === 4401) this.session = null;
    this.on.state(false);
    this.later();
  }

  later() {
    const wait = Math.min(30000, 1000 * 2 ** this.tries++) * (0.5 + Math.random() / 2);
    this.timer = setTimeout(() => this.connect(), wait);
  }

  end() {
    this.ended = true;
    this.on.closed();
  }

  refused(frame) {
    const item = this.queue.find((queued) => queued.frame.clientId === frame.clientId);
    if (!item) return;
    this.land();
    if (frame.code === 'busy' || frame.code === 'slow-down') {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.pump(), (frame.retry || 3) * 1000);
      return;
    }
    this.settle(frame.clientId);
    this.on.failed(frame.clientId);
  }

  /* One after the other, to keep their order. */
  say(frame) {
    this.wrote = true;
    this.fresh.add(frame.clientId);
    this.queue.push({ frame, since: Date.now() });
    this.save();
    this.start();
    this.pump();
  }

  pump() {
    if (!this.ready || this.flying || !this.queue.length) return;
    this.flying = this.queue[0].frame.clientId;
    this.flight = setTimeout(() => this.drop(), ANSWER);
    this.send(this.queue[0].frame);
  }

  land() {
    clearTimeout(this.flight);
    this.flying = null;
  }

  settle(clientId) {
    this.queue = this.queue.filter((item) => item.frame.clientId !== clientId);
    if (this.flying === clientId) this.land();
    this.save();
    this.pump();
  }

  save() {
    const { token, visitor, queue } = this;
    if (this.wrote) storage((store) => store.setItem(KEY, JSON.stringify({ token, visitor, queue })));
  }

  upload(file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${api}files`);
      request.setRequestHeader('Authorization', `Bearer ${this.token}`);
      request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
      request.setRequestHeader('X-Filename', encodeURIComponent(file.name || say('file')));
      request.responseType = 'json';
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject());
      request.onerror = reject;
      request.send(file);
    });
  }
}

const make = (tag, properties, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
};

const icon = (path) => {
  const space = 'http://www.w3.org/2000/svg';
  const shape = (tag, name, value) => {
    const node = document.createElementNS(space, tag);
    node.setAttribute(name, value);
    return node;
  };
  const svg = shape('svg', 'viewBox', '0 0 24 24');
  svg.append(shape('path', 'd', path));
  return svg;
};

const WEB = ['https:', 'http:'];
const address = (url, schemes = WEB) => {
  try {
    const full = new URL(String(url).startsWith('/chat/') ? base + url : url);
    return schemes.includes(full.protocol) ? full.href : '';
  } catch {
    return '';
  }
};

const link = (url, text) => {
  const href = address(url, [...WEB, 'mailto:', 'tel:']);
  return href ? make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text) : document.createTextNode(text);
};

const INLINE = /`([^`\n]{1,500})`|\*\*([^*\n]{1,500})\*\*|\*([^*\s][^*\n]{0,500})\*|\[([^\]\n]{1,200})\]\(([^()\s]{1,500})\)|(https?:\/\/[^\s<>"'`]{1,1000})/g;
const ADDRESS = /(https?:\/\/[^\s<>"'`]{1,1000})/g;

const bare = (url) => {
  const end = url.search(/[.,;:!?)\]。，；：！？）】]+$/);
  const kept = end < 0 ? url : url.slice(0, end);
  return [link(kept, kept), url.slice(kept.length)];
};

const inline = (text, marked) => {
  const nodes = [];
  let last = 0;
  for (const hit of text.matchAll(marked ? INLINE : ADDRESS)) {
    nodes.push(text.slice(last, hit.index));
    last = hit.index + hit[0].length;
    if (!marked || hit[6]) nodes.push(...bare(hit[0]));
    else if (hit[1]) nodes.push(make('code', {}, hit[1]));
    else if (hit[2]) nodes.push(make('strong', {}, hit[2]));
    else if (hit[3]) nodes.push(make('em', {}, hit[3]));
    else nodes.push(link(hit[5], hit[4]));
  }
  nodes.push(text.slice(last));
  return nodes;
};

/* Paragraphs, lists, fenced code; the rest of Markdown stays as written. */
const markdown = (text) => {
  const blocks = make('div', { className: 'text' });
  let list = null;
  let fence = null;
  for (const line of text.split('\n')) {
    const item = /^\s{0,3}(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    if (line.startsWith('```')) {
      if (!fence) blocks.append((fence = make('pre')));
      else fence = null;
      list = null;
    } else if (fence) {
      fence.append(`${line}\n`);
    } else if (item) {
      const tag = item[1] ? 'OL' : 'UL';
      if (!list || list.tagName !== tag) {
        blocks.append((list = make(tag.toLowerCase(), item[1] ? { start: Number(item[1]) } : {})));
      }
      list.append(make('li', {}, ...inline(item[2], true)));
    } else {
      list = null;
      blocks.append(make('p', {}, ...inline(line, true)));
    }
  }
  return blocks;
};

const words = (text, format) => {
  if (format === 'markdown') return markdown(text);
  // Such a document runs no script and loads nothing.
  const plain = format === 'html' ? new DOMParser().parseFromString(text, 'text/html').body.textContent : text;
  return make('p', { className: 'text plain' }, ...inline(plain, false));
};

const size = (bytes) => (bytes ? `${Math.ceil(bytes / 1024).toLocaleString(language)} KB` : '');

const picture = (url, text) =>
  make('img', { loading: 'lazy', referrerPolicy: 'no-referrer', alt: text || say('image'), src: address(url) });

const media = (part) => {
  const src = address(part.url);
  if (!src) return make('p', { className: 'quiet' }, say('unsupported'));
  const name = part.name || say('file');
  const caption = part.caption ? words(part.caption) : null;
  const played = { video: 'video', audio: 'audio', voice: 'audio' }[part.kind];
  const shown = played
    ? make(played, { src, controls: true, preload: 'metadata', 'aria-label': name })
    : link(src, `${name} ${size(part.size)}`);
  if (part.kind === 'image' || part.kind === 'sticker') shown.replaceChildren(picture(src, part.caption || part.name));
  return make('div', {}, shown, caption);
};

const buttons = (list, pick) => {
  const row = make('div', { className: 'options' });
  for (const option of list || []) {
    if (option.url) {
      row.append(link(option.url, option.label));
      continue;
    }
    const button = make('button', { type: 'button' }, option.label);
    button.onclick = () => {
      row.querySelectorAll('button').forEach((other) => (other.disabled = true));
      button.setAttribute('aria-pressed', 'true');
      pick(option);
    };
    row.append(button);
  }
  return row;
};

const card = (part, pick) =>
  make('div', { className: 'card' },
    part.imageUrl ? picture(part.imageUrl, part.title) : null,
    part.title ? make('strong', {}, part.title) : null,
    part.subtitle ? words(part.subtitle) : null,
    buttons(part.options, pick));

const render = (part, pick) => {
  switch (part.type) {
    case 'text':
      return words(part.text || '', part.format);
    case 'media':
      return media(part);
    case 'choices':
      return make('div', {}, part.text ? words(part.text, 'markdown') : null, buttons(part.options, pick));
    case 'choice':
      return words(part.label || part.id || '');
    case 'card':
      return card(part, pick);
    case 'carousel':
      return make('div', { className: 'carousel', role: 'group', tabIndex: 0, 'aria-label': say('cards') },
        ...(part.cards || []).map((each) => card(each, pick)));
    case 'location': {
      const { latitude, longitude, name, address: street } = part;
      const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`;
      return make('p', {}, link(map, [name || say('place'), street].filter(Boolean).join(', ')));
    }
    case 'contact':
      return words([part.name, ...(part.phones || []), ...(part.emails || [])].filter(Boolean).join('\n'));
    default:
      return make('p', { className: 'quiet' }, say('unsupported'));
  }
};

const STYLE = `
:host{all:initial;--accent:#0b6bcb;--on:#fff;--bg:#fff;--fg:#1b1f24;--quiet:#59636e;--line:#d1d9e0;--soft:#f0f2f5;--bad:#b3261e;color-scheme:light dark}
@media (prefers-color-scheme:dark){:host{--bg:#15191e;--fg:#e8ebef;--quiet:#a0aab5;--line:#38414b;--soft:#232a32;--bad:#ff9e95}}
*{box-sizing:border-box;font:inherit;color:inherit}
.launch,.panel{position:fixed;z-index:2147483000;right:max(16px,env(safe-area-inset-right));font:14px/1.45 system-ui,sans-serif;color:var(--fg)}
.launch{bottom:calc(16px + env(safe-area-inset-bottom));width:52px;height:52px;border:0;border-radius:50%;background:var(--accent);color:var(--on);cursor:pointer;box-shadow:0 2px 10px #0004}
svg{width:24px;height:24px;fill:currentColor;display:block;margin:auto}
.badge{position:absolute;top:-2px;right:-2px;min-width:20px;padding:0 5px;border-radius:10px;background:#b3261e;color:#fff;font-size:12px;line-height:20px;text-align:center}
.panel{bottom:calc(80px + env(safe-area-inset-bottom));width:376px;height:min(600px,calc(100vh - 104px));display:flex;flex-direction:column;background:var(--bg);border:1px solid var(--line);border-radius:12px;box-shadow:0 8px 32px #0004;overflow:hidden}
[hidden]{display:none!important}
header{display:flex;align-items:center;gap:8px;padding:8px 8px 8px 16px;background:var(--accent);color:var(--on)}
h2{flex:1;margin:0;font-size:16px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
header button,form button{width:40px;height:40px;padding:0;border:0;border-radius:8px;background:none;cursor:pointer}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px;display:flex;flex-direction:column;gap:12px}
.log>:first-child{margin-top:auto}
.m{max-width:85%;align-self:flex-start}.m.mine{align-self:flex-end}
.bubble{padding:8px 12px;border-radius:12px;background:var(--soft);overflow-wrap:anywhere}
.bubble>*+*{margin-top:8px}
.mine .bubble{background:var(--accent);color:var(--on)}
.meta,.quiet{font-size:12px;color:var(--quiet)}.meta{margin:2px 4px}.mine .meta{text-align:right}
.bad{color:var(--bad)}.bad button{border:0;background:none;text-decoration:underline;cursor:pointer;padding:4px}
p,ul,ol,pre{margin:0}ul,ol{padding-left:20px}.text p:empty{height:8px}.plain{white-space:pre-wrap}
strong{font-weight:600}em{font-style:italic}code,pre{font-family:ui-monospace,monospace;font-size:12px}pre{overflow-x:auto}
a{text-decoration:underline}
img,video{display:block;max-width:100%;max-height:280px;border-radius:8px}audio{max-width:100%}
.options{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}.options:empty{display:none}
.options button,.options a{padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:var(--bg);color:var(--fg);cursor:pointer;text-align:left;text-decoration:none}
.options button:disabled{opacity:.6;cursor:default}.options [aria-pressed=true]{opacity:1!important;border:2px solid var(--accent)}
.card{min-width:200px;display:grid;gap:4px}.carousel{display:flex;gap:12px;overflow-x:auto}.carousel .card{flex:0 0 210px}
.note{padding:4px 16px;font-size:12px;color:var(--quiet)}.note:empty{display:none}
form{display:flex;align-items:flex-end;gap:4px;padding:8px;border-top:1px solid var(--line)}
textarea{flex:1;min-width:0;max-height:120px;padding:9px 12px;border:1px solid var(--line);border-radius:8px;background:var(--bg);font-size:16px;line-height:20px;resize:none;field-sizing:content}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}.launch:focus-visible,header :focus-visible{outline-color:var(--on);outline-offset:-4px}
progress{width:100%;accent-color:var(--on)}
@media (max-width:480px){.launch{width:44px;height:44px}.panel{inset:0;width:100%;height:100%;height:100dvh;border:0;border-radius:0;padding-bottom:env(safe-area-inset-bottom)}}
`;

const CHAT = 'M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z';
const CROSS = 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z';
const PLANE = 'M3 20.5 21 12 3 3.5 3 10l12 2-12 2z';
const CLIP = 'M16.5 6v11.5a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.5a1 1 0 0 1-2 0V6H10v9.5a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v12.5a5.5 5.5 0 0 0 11 0V6z';

class Chat {
  constructor() {
    this.host = document.createElement('omnihub-chat');
    this.known = new Map();
    this.unread = 0;
    this.lastTyped = 0;
    this.build();
    this.line = new Line({
      session: (session) => this.greet(session),
      message: (frame) => this.take(frame),
      sent: (clientId) => this.mark(clientId, 'sent'),
      failed: (clientId) => this.mark(clientId, 'failed'),
      typing: (seconds) => this.writing(seconds),
      state: (up) => this.online(up),
      closed: () => this.shut(),
      forget: () => this.empty(),
    });
    this.line.queue.forEach((item) => this.optimistic(item.frame));
  }

  start() {
    document.body.append(this.host);
    if (options.open !== undefined && options.open !== 'false') this.open(false);
    // Only who has written before is connected before he asks for it.
    else if (this.line.wrote) this.line.start();
  }

  build() {
    const root = this.host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.host.lang = language;
    this.badge = make('span', { className: 'badge', hidden: true });
    this.launcher = make('button', { type: 'button', className: 'launch', 'aria-label': say('open'), 'aria-expanded': 'false', 'aria-controls': 'panel' },
      icon(CHAT), this.badge);
    this.heading = make('h2', { id: 'title' }, options.title || say('title'));
    const button = (type, label, path) => make('button', { type, title: label, 'aria-label': label }, icon(path));
    const cross = button('button', say('close'), CROSS);
    this.log = make('div', { className: 'log', role: 'log', tabIndex: 0, 'aria-live': 'off', 'aria-label': say('log') });
    this.note = make('div', { className: 'note', role: 'status' });
    this.wait = make('div', { className: 'note', role: 'status' });
    this.input = make('textarea', { rows: 1, maxLength: MAX_TEXT, placeholder: say('write'), 'aria-label': say('write'), enterKeyHint: 'send' });
    const picker = make('input', { type: 'file', multiple: true, hidden: true });
    const clip = button('button', say('attach'), CLIP);
    this.form = make('form', {}, clip, picker, this.input, button('submit', say('send'), PLANE));
    this.panel = make('section', { id: 'panel', className: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
      make('header', {}, this.heading, cross), this.log, this.wait, this.note, this.form);
    root.append(this.launcher, this.panel);
    this.paint(options.accent);

    this.launcher.onclick = () => (this.panel.hidden ? this.open(true) : this.close());
    cross.onclick = () => this.close();
    clip.onclick = () => picker.click();
    picker.onchange = () => {
      this.send([...picker.files]);
      picker.value = '';
    };
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    this.panel.onkeydown = (event) => event.key === 'Escape' && !event.isComposing && this.close();
    this.input.onkeydown = (event) => {
      // While an input method composes, Enter picks a word and does not send.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    };
    this.input.oninput = () => this.typed();
    this.input.onpaste = (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.send([...event.clipboardData.files]);
    };
    document.addEventListener('visibilitychange', () => this.see());
  }

  paint(accent) {
    if (!/^#([0-9a-f]{3}){1,2}$/i.test(accent || '')) return;
    const full = accent.length === 4 ? accent.replace(/\w/g, '$&$&') : accent;
    const [r, g, b] = [1, 3, 5].map((at) => (parseInt(full.slice(at, at + 2), 16) / 255) ** 2.2);
    this.host.style.setProperty('--accent', accent);
    this.host.style.setProperty('--on', 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff');
  }

  open(focus) {
    this.panel.hidden = false;
    this.launcher.setAttribute('aria-expanded', 'true');
    this.launcher.setAttribute('aria-label', say('close'));
    this.line.start();
    this.down(true);
    this.see();
    // On a phone the keyboard would cover the messages.
    if (focus) (matchMedia('(pointer:coarse)').matches ? this.log : this.input).focus();
  }

  close() {
    this.panel.hidden = true;
    this.launcher.setAttribute('aria-expanded', 'false');
    this.count(this.unread);
    this.launcher.focus();
  }

  greet(session) {
    if (!options.title && session.title) this.heading.textContent = session.title;
    if (!options.accent) this.paint(session.accent);
    const greeting = session.greeting || say('greeting');
    if (this.first) return void this.first.replaceChildren(words(greeting));
    this.first = make('div', { className: 'bubble' }, words(greeting));
    this.log.prepend(make('div', { className: 'm' }, this.first));
  }

  shut() {
    this.tell(say('closed'));
    this.form.hidden = true;
  }

  empty() {
    this.known.clear();
    this.log.replaceChildren();
    this.first = null;
    this.count(0);
    this.line.queue.forEach((item) => this.optimistic(item.frame));
  }

  online(up) {
    this.tell(up ? '' : say('offline'));
    if (!up) return;
    this.see();
    // What is replayed is not read out; what comes after it is.
    setTimeout(() => (this.log.ariaLive = 'polite'), 1000);
  }

  tell(text) {
    if (this.note.textContent !== text) this.note.textContent = text;
  }

  take(frame) {
    const mine = frame.direction === 'inbound';
    const known = this.known.get(frame.id) || (frame.clientId && this.known.get(frame.clientId));
    if (frame.id && !mine && frame.status !== 'delivered' && frame.status !== 'read') this.line.send({ t: 'got', id: frame.id });
    if (known) {
      if (frame.id) this.known.set(frame.id, known);
      if (frame.position) known.position = frame.position;
      if (mine) this.state(known, 'sent');
      return;
    }
    const entry = this.add(frame, mine);
    entry.position = frame.position;
    if (mine) return this.state(entry, 'sent');
    this.writing(0);
    if (frame.status !== 'read') {
      this.count(this.unread + 1);
      this.see();
    }
  }

  add(frame, mine) {
    const pick = (option) => this.post({ t: 'choice', clientId: uuid(), id: option.id, label: option.label, replyTo: frame.id });
    const bubble = make('div', { className: 'bubble' });
    if (frame.deleted) bubble.append(make('p', { className: 'quiet' }, say('deleted')));
    else bubble.append(...(frame.parts || []).map((part) => render(part, pick)));
    const author = frame.author || {};
    const at = frame.at ? new Date(frame.at) : new Date();
    const time = make('time', { dateTime: at.toISOString(), title: at.toLocaleString(language) },
      at.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' }));
    const name = mine ? '' : author.name || (author.kind === 'bot' ? say('bot') : '');
    const state = make('span');
    const meta = make('div', { className: 'meta' }, name ? `${name} · ` : '', time, state);
    const node = make('div', { className: mine ? 'm mine' : 'm' }, bubble, meta);
    const entry = { node, bubble, state, frame };
    if (frame.id) this.known.set(frame.id, entry);
    if (frame.clientId) this.known.set(frame.clientId, entry);
    const bottom = this.atBottom();
    this.place(node, frame.position);
    this.down(mine || bottom);
    return entry;
  }

  place(node, position) {
    const later = position && [...this.known.values()].find((entry) => entry.position > position || entry.pending);
    if (later) this.log.insertBefore(node, later.node);
    else this.log.append(node);
  }

  writing(seconds) {
    clearTimeout(this.still);
    this.wait.textContent = seconds ? `${say('somebody')} ${say('typing')}` : '';
    if (seconds) this.still = setTimeout(() => this.writing(0), seconds * 1000);
  }

  count(unread) {
    this.unread = unread;
    this.badge.hidden = !unread;
    this.badge.textContent = unread > 99 ? '99+' : String(unread);
    if (this.panel.hidden) this.launcher.setAttribute('aria-label', unread ? `${say('open')} (${unread} ${say('unread')})` : say('open'));
  }

  see() {
    if (this.panel.hidden || document.hidden || !this.unread || !this.line.ready) return;
    this.line.send({ t: 'read' });
    this.count(0);
  }

  atBottom() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  down(yes) {
    if (yes) this.log.scrollTop = this.log.scrollHeight;
  }

  typed() {
    if (Date.now() - this.lastTyped < 3000 || !this.line.ready) return;
    this.lastTyped = Date.now();
    this.line.send({ t: 'typing' });
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = '';
    this.lastTyped = 0;
    this.post({ t: 'msg', clientId: uuid(), text });
  }

  post(frame) {
    this.optimistic(frame);
    this.line.say(frame);
  }

  optimistic(frame) {
    const parts = frame.parts || [{ type: 'text', text: frame.text || frame.label || frame.id }];
    this.state(this.add({ clientId: frame.clientId, parts }, true), 'sending', () => this.line.say(frame));
  }

  mark(clientId, state) {
    const entry = this.known.get(clientId);
    if (entry) this.state(entry, state);
  }

  state(entry, state, again) {
    if (again) entry.again = again;
    entry.pending = state !== 'sent';
    entry.state.className = state === 'failed' ? 'bad' : '';
    entry.state.textContent = ` · ${say(state)}`;
    if (state !== 'failed') return;
    const button = make('button', { type: 'button' }, say('retry'));
    button.onclick = () => {
      this.state(entry, 'sending');
      entry.again();
    };
    entry.state.append(button);
  }

  send(files) {
    for (const file of files) {
      if (file.size > MAX_FILE) this.tell(say('tooLarge'));
      else this.upload(file);
    }
  }

  upload(file) {
    const entry = this.add({ clientId: uuid(), parts: [{ type: 'text', text: file.name || say('file') }] }, true);
    const bar = make('progress', { max: 1, value: 0, 'aria-label': say('sending') });
    const attempt = async () => {
      entry.bubble.append(bar);
      try {
        if (!this.line.session) throw new Error('offline');
        const { url, mediaType, name } = await this.line.upload(file, (share) => (bar.value = share));
        const kind = /^(image|audio|video)\//.exec(mediaType || '');
        const part = { type: 'media', kind: kind ? kind[1] : 'file', url, mediaType, name, size: file.size };
        const frame = { t: 'msg', clientId: entry.frame.clientId, parts: [part] };
        entry.bubble.replaceChildren(render(part));
        entry.again = () => this.line.say(frame);
        this.line.say(frame);
        this.down(true);
      } catch {
        bar.remove();
        this.state(entry, 'failed');
      }
    };
    this.state(entry, 'sending', attempt);
    attempt();
  }
}

const chat = new Chat();
window.Omnihub = { open: () => chat.open(true), close: () => chat.close() };
if (document.body) chat.start();
else document.addEventListener('DOMContentLoaded', () => chat.start());
})();
