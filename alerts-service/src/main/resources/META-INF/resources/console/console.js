// For all pages. Without it they show the same, in UTC and in the system's theme.
'use strict';

const TIME = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short'});
const INSTANT = /T.*Z$/;

/** Times in the viewer's zone; UTC on hover. Days, which are UTC days by rule, stay as they are. */
function localTimes(root) {
  for (const time of root.querySelectorAll('time[datetime]:not([data-local])')) {
    time.dataset.local = '';
    if (INSTANT.test(time.dateTime) && !time.hasAttribute('data-day')) {
      time.title = time.textContent.trim();
      time.textContent = TIME.format(new Date(time.dateTime));
    }
  }
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function setUpTheme() {
  const button = document.getElementById('theme');
  if (!button) {
    return;
  }
  const tell = () => {
    button.setAttribute('aria-label', isDark() ? 'Switch to light' : 'Switch to dark');
    button.title = button.getAttribute('aria-label');
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Storage is switched off: it holds for this page.
    }
    tell();
  });
  tell();
}

/** Whether keys are being typed into something. */
function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, select, textarea, [contenteditable]');
}

document.addEventListener('keydown', event => {
  const search = document.getElementById('search');
  if (event.key === '/' && !isTyping(event) && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === 'Escape' && event.target === search) {
    search.blur();
  }
});

document.addEventListener('change', event => {
  if (event.target.matches('form.filters select')) {
    event.target.form.requestSubmit();
  }
});

setUpTheme();
localTimes(document);
