// New alerts slide in. Without this script the page shows the same when it is loaded again.
'use strict';

const groups = document.getElementById('alert-groups');
const live = document.getElementById('live');
const waitingButton = document.getElementById('waiting');
const MOST_SHOWN = 200;
const waiting = [];

function listen() {
  const address = new URL(groups.dataset.stream, location.href);
  const newest = newestId();
  if (newest) {
    address.searchParams.set('seen', newest);
  }
  const source = new EventSource(address);
  source.addEventListener('open', () => say('Live', true));
  source.addEventListener('error', () => say(source.readyState === EventSource.CLOSED ? 'Not live any more: load the page again' : 'Connection lost, trying again', false));
  source.addEventListener('alert', event => receive(event.data));
  source.addEventListener('acted', event => replace(event.data));
}

/** The first group has the newest alert, and has it first. */
function newestId() {
  return groups.querySelector('[data-id]')?.dataset.id;
}

function say(words, on) {
  live.textContent = words;
  live.toggleAttribute('data-on', on);
}

/** The server has escaped everything that comes from outside; parsing runs no script. */
function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html').querySelector('li.group');
}

/** Somebody did something with an alert. What a person here is about to do with it stays as it is. */
function replace(html) {
  const alert = parse(html)?.querySelector('li.alert');
  const known = alert && document.getElementById(alert.id);
  if (known && !known.contains(document.activeElement) && !known.querySelector('details[open]')) {
    known.replaceWith(alert);
    localTimes(alert);
  }
}

function receive(html) {
  const group = parse(html);
  const alert = group?.querySelector('li.alert');
  if (!alert || isKnown(alert)) {
    return;
  }
  if (isBeingRead()) {
    waiting.push(group);
    waitingButton.textContent = waiting.length === 1 ? 'Show 1 new alert' : `Show ${waiting.length} new alerts`;
    waitingButton.hidden = false;
  } else {
    show(group);
  }
}

function isKnown(alert) {
  return document.getElementById(alert.id) !== null || waiting.some(other => other.querySelector('li.alert').id === alert.id);
}

/** Nothing moves under the eyes of somebody who has scrolled down, opened something, or is about to press a button. */
function isBeingRead() {
  return groups.getBoundingClientRect().top < 0 || groups.contains(document.activeElement) || groups.querySelector('details[open]') !== null;
}

function show(group) {
  const alert = group.querySelector('li.alert');
  alert.classList.add('fresh');
  const known = [...groups.children].find(other => other.dataset.account === group.dataset.account);
  if (known) {
    known.querySelector('.alert-list').prepend(alert);
  }
  groups.prepend(known ?? group);
  localTimes(alert);
  document.getElementById('no-alerts')?.remove();
  shorten();
}

/** An open page does not grow for ever. */
function shorten() {
  const alerts = [...groups.querySelectorAll('li.alert')];
  for (const alert of alerts.slice(MOST_SHOWN)) {
    alert.remove();
  }
  for (const group of [...groups.children]) {
    if (!group.querySelector('li.alert')) {
      group.remove();
    }
  }
}

waitingButton.addEventListener('click', () => {
  waiting.splice(0).forEach(show);
  waitingButton.hidden = true;
  document.getElementById('main').scrollIntoView();
});

listen();
