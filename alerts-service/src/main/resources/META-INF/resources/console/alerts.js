// New alerts slide in. Without this script the page shows the same when it is loaded again.
'use strict';

const list = document.getElementById('alert-list');
const live = document.getElementById('live');
const waitingButton = document.getElementById('waiting');
const MOST_SHOWN = 200;
const waiting = [];

function listen() {
  const address = new URL(list.dataset.stream, location.href);
  const newest = list.querySelector('[data-id]');
  if (newest) {
    address.searchParams.set('seen', newest.dataset.id);
  }
  const source = new EventSource(address);
  source.addEventListener('open', () => say('Live', true));
  source.addEventListener('error', () => say('Connection lost, trying again', false));
  source.addEventListener('alert', event => receive(event.data));
}

function say(words, on) {
  live.textContent = words;
  live.toggleAttribute('data-on', on);
}

/** The server has escaped everything that comes from outside; parsing runs no script. */
function receive(html) {
  const item = new DOMParser().parseFromString(html, 'text/html').querySelector('li.alert');
  if (!item || isKnown(item)) {
    return;
  }
  if (isBeingRead()) {
    waiting.push(item);
    waitingButton.textContent = waiting.length === 1 ? 'Show 1 new alert' : `Show ${waiting.length} new alerts`;
    waitingButton.hidden = false;
  } else {
    show(item);
  }
}

function isKnown(item) {
  return document.getElementById(item.id) !== null || waiting.some(other => other.id === item.id);
}

/** Nothing moves under the eyes of somebody who has scrolled down the list. */
function isBeingRead() {
  return list.getBoundingClientRect().top < 0;
}

function show(item) {
  item.classList.add('fresh');
  list.prepend(item);
  localTimes(item);
  document.getElementById('no-alerts')?.remove();
  while (list.children.length > MOST_SHOWN) {
    list.lastElementChild.remove();
  }
}

waitingButton.addEventListener('click', () => {
  waiting.splice(0).forEach(show);
  waitingButton.hidden = true;
  document.getElementById('main').scrollIntoView();
});

listen();
