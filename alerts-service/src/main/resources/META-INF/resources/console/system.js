// Looks again every few seconds, and changes what has changed. Without this script the page shows the same when it is loaded again.
'use strict';

const pause = document.getElementById('pause');
let paused = false;

pause.hidden = false;
pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = paused ? 'Go on' : 'Pause';
});

const look = document.getElementById('look');
look.hidden = false;
look.addEventListener('click', () => htmx.trigger('#refresh', 'look'));

/** What somebody has opened, selected or is in stays as it is. */
function isBeingRead(section) {
  return section.contains(document.activeElement) || section.querySelector('details[open]') !== null
    || (!getSelection().isCollapsed && section.contains(getSelection().anchorNode));
}

document.addEventListener('htmx:beforeRequest', event => {
  const {triggeringEvent} = event.detail.requestConfig;
  if (triggeringEvent?.type !== 'look' && (paused || document.hidden)) {
    event.preventDefault();
  }
});

/** A part that reads as before is left alone, so that nothing around it moves. */
document.addEventListener('htmx:oobBeforeSwap', event => {
  const {target, fragment} = event.detail;
  const next = fragment.firstElementChild ?? fragment;
  localTimes(next);
  if (isBeingRead(target) || target.innerHTML === next.innerHTML) {
    event.preventDefault();
  }
});

function complain(words) {
  document.getElementById('looked').textContent = words;
}

document.addEventListener('htmx:sendError', () => complain('alerts-service does not answer; trying again'));
document.addEventListener('htmx:responseError', event => complain(
  event.detail.xhr.status === 401 ? 'Not signed in any more: load the page again' : 'alerts-service failed; trying again'));
