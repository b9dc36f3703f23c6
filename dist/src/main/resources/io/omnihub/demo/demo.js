/* The customers' side: four channels, each with a person, what he sees and what he may do. */
import { $, ask, clock, make, onEnter, show, tell, toEnd } from './dom.js';
import { watch } from './hub.js';

const SAMPLES = {
  en: ['How long does delivery take?', 'Can I return it?', 'I want to talk to a human'],
  zh: ['多久能发货?', '可以退货吗?', '转人工'],
};
const PEOPLE = { ann: { name: 'Ann', language: 'en' }, lilei: { name: '李雷', language: 'zh' }, xiaohong: { name: '小红', language: 'zh' } };
const FIRST = { chat: 'ann', telegram: 'lilei', mail: 'ann', partner: 'ann' };
const KEPT = 'demo.people';

let state = null;
const chosen = { ...FIRST, ...JSON.parse(sessionStorage.getItem(KEPT) || '{}') };

const column = (id) => $(`#${id}`);
const person = (id) => chosen[id];
/* Whether it was done; a refusal has been told already. */
const act = (channel, body) => ask(`/demo/api/${channel}`, body).then(() => { refresh(); return true; }, () => false);

/* The widget is on a page of this origin, so that a chip can write in it as the visitor would. */
const writeInWidget = (text) => {
  const widget = $('iframe', column('chat')).contentDocument.querySelector('omnihub-chat');
  if (!widget) return tell('The chat is still loading.');
  const field = $('textarea', widget.shadowRoot);
  field.value = text;
  field.form.requestSubmit();
};

const writers = {
  chat: writeInWidget,
  telegram: (text) => act('telegram', { person: person('telegram'), text }),
  mail: (text) => act('email', { person: person('mail'), subject: $('#mail input').value || text.slice(0, 60), text }),
  partner: (text) => act('partner', { person: person('partner'), text }),
};

const drawBubble = (bubble) => {
  const keys = bubble.buttons.map((label, button) => make('button', {
    type: 'button',
    onclick: () => act('telegram', { person: person('telegram'), message: bubble.id, button }),
  }, label));
  return make('div', { className: bubble.mine ? 'bubble mine' : 'bubble' }, bubble.text,
    keys.length ? make('div', { className: 'keys' }, ...keys) : null);
};

const drawLetter = (letter) => make('div', { className: letter.mine ? 'letter mine' : 'letter' },
  make('div', { className: 'who' }, letter.mine ? 'to the shop' : 'from the shop', letter.date ? clock(letter.date) : ''),
  make('b', {}, letter.subject), letter.text);

const wordsOf = (json) => (json.parts || (json.message && json.message.parts) || [])
  .map((part) => part.text || part.label || `[${part.type}]`).join('\n');

const drawRequest = (request) => {
  const to = request.mine ? 'POST /hooks/partner' : 'POST callback-url';
  return make('div', { className: request.mine ? 'request mine' : 'request' },
    make('p', {}, wordsOf(request.json)),
    make('details', {}, make('summary', {}, `${request.mine ? '→' : '←'} ${to} · ${request.answer}`),
      make('pre', { tabIndex: 0 }, JSON.stringify(request.json, null, 2))));
};

const EMPTY = {
  telegram: 'No messages.\nWrite to the bot, or take a sample below.',
  mail: 'The mailbox is empty.\nWrite a mail, or take a sample below.',
  partner: 'No requests.\nPost a signed event, or take a sample below. It names the e-mail address, so the hub knows the person elsewhere.',
};

const list = (id, items, key, draw) => {
  const log = $('.log', column(id));
  log.dataset.empty = EMPTY[id];
  if (show(log, items, key, draw)) toEnd(log);
};

const draw = () => {
  if (!state) return;
  list('telegram', state.people[person('telegram')].telegram, (bubble) => `${person('telegram')} ${bubble.id}`, drawBubble);
  const mails = state.people[person('mail')].mail;
  list('mail', mails, (letter) => `${person('mail')} ${letter.number}`, drawLetter);
  $('#mail [name=reply]').disabled = mails.every((letter) => letter.mine);
  list('partner', state.people[person('partner')].partner, (request) => `${person('partner')} ${request.number}`, drawRequest);
  drawMischief();
};

const drawMischief = () => {
  const now = Object.entries(state.mischief).flatMap(([target, rates]) =>
    Object.entries(rates).map(([fault, share]) => `${target}: ${fault} ${Math.round(share * 100)} %`));
  if (state.waiting.telegram) now.push(`${state.waiting.telegram} Telegram updates on their way`);
  $('#mischief-now').textContent = now.join(' · ') || 'All simulators behave.';
};

let asking = null;
let again = false;
async function refresh() {
  again = true;
  if (asking) return asking;
  asking = (async () => {
    while (again) {
      again = false;
      state = await ask('/demo/api/state').catch(() => state);
      draw();
    }
    asking = null;
  })();
  return asking;
}

const visit = () => { $('iframe', column('chat')).src = `/demo/shop?person=${encodeURIComponent(person('chat'))}`; };

const chips = (id) => {
  const row = $('.chips', column(id));
  row.replaceChildren(...SAMPLES[PEOPLE[person(id)].language].map((text) =>
    make('button', { type: 'button', onclick: () => writers[id](text) }, text)));
  if (id === 'telegram') {
    row.append(make('button', { type: 'button', title: 'As a first message it joins this person with who has that number elsewhere',
      onclick: () => act('telegram', { person: person(id), contact: true }) }, '☎ share my number'));
  }
};

for (const id of Object.keys(FIRST)) {
  const select = $('select', column(id));
  select.append(...Object.entries(PEOPLE).map(([key, { name, language }]) => make('option', { value: key }, `${name} (${language})`)));
  select.value = person(id);
  select.onchange = () => {
    chosen[id] = select.value;
    sessionStorage.setItem(KEPT, JSON.stringify(chosen));
    chips(id);
    if (id === 'chat') visit();
    else draw();
  };
  chips(id);
  const form = $('form', column(id));
  if (!form) continue;
  const field = $('textarea', form);
  onEnter(form);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    if (await writers[id](text)) form.reset();
  };
}

$('#mail [name=reply]').onclick = async () => {
  const field = $('#mail textarea');
  const text = field.value.trim();
  if (!text) return field.focus();
  if (await act('email', { person: person('mail'), reply: true, text })) $('#mail form').reset();
};

$('#mischief').onsubmit = async (event) => {
  event.preventDefault();
  const { target, fault } = event.target.elements;
  const asked = { target: target.value, fault: fault.value };
  const how = event.submitter ? event.submitter.value : 'next';
  if (how === 'stop') asked.stop = true;
  else if (how === 'next') asked.next = true;
  else asked.rate = 0.2;
  if (await act('mischief', asked) && how === 'next') tell(`The next time, ${target.selectedOptions[0].text} ${fault.selectedOptions[0].text}.`);
};

visit();
refresh();
watch(refresh);
// What only the simulators know, such as a mail on its way, makes no event of the hub.
setInterval(() => document.hidden || refresh(), 1500);
