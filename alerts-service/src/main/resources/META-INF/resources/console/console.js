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

/** What j and k walk through on a page: links, which Enter follows. */
const ROWS = 'a.account, a.row-link, .alert-title a, .entry-meta > a';

document.addEventListener('keydown', event => {
  if (isTyping(event) || !['j', 'k'].includes(event.key)) {
    return;
  }
  const rows = [...document.querySelectorAll(ROWS)];
  const place = rows.indexOf(document.activeElement);
  const next = event.key === 'j' ? place + 1 : Math.max(0, place - 1);
  rows[Math.min(next, rows.length - 1)]?.focus();
});

/** What is focused is within an alert: its own button does it. */
document.addEventListener('keydown', event => {
  if (event.key === 'a' && !isTyping(event)) {
    document.activeElement.closest('li.alert')?.querySelector('form.quick button')?.click();
  }
});

function setUpKeys() {
  const dialog = document.getElementById('keys');
  const button = document.getElementById('show-keys');
  if (!dialog || !button) {
    return;
  }
  button.hidden = false;
  button.addEventListener('click', () => dialog.showModal());
  document.addEventListener('keydown', event => {
    if (event.key === '?' && !isTyping(event) && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    }
  });
  // Outside of it, the dialog itself is what is clicked.
  dialog.addEventListener('click', event => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
}

document.addEventListener('change', event => {
  if (event.target.matches('form.filters select')) {
    event.target.form.requestSubmit();
  }
});

setUpTheme();
setUpKeys();
localTimes(document);
