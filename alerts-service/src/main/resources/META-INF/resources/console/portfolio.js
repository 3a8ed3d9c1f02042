// Saved views and short addresses. Without this script the filters have a button and the addresses are longer.
'use strict';

const VIEWS = 'portfolio-views';

/** What is not chosen needs no place in the address. */
document.addEventListener('htmx:configRequest', event => {
  const {parameters} = event.detail;
  for (const [name, value] of [...parameters.entries()]) {
    if (value === '') {
      parameters.delete(name);
    }
  }
});

/** The server says what is wrong, and that is a page of its own. */
document.addEventListener('htmx:responseError', event => location.assign(event.detail.pathInfo.finalRequestPath));

function accountLinks() {
  return [...document.querySelectorAll('a.account')];
}

/** A row is a large link: whatever in it is clicked, and is not selected text, opens the account. */
document.addEventListener('click', event => {
  const row = event.target.closest('table.portfolio tbody tr');
  if (row && !event.target.closest('a, button') && String(getSelection()) === '') {
    row.querySelector('a.account').click();
  }
});

/** Down from the search field goes to the first account. */
document.getElementById('search').addEventListener('keydown', event => {
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    accountLinks()[0]?.focus();
  }
});

function savedViews() {
  try {
    const views = JSON.parse(localStorage.getItem(VIEWS) ?? '[]');
    return Array.isArray(views) ? views.filter(view => typeof view.name === 'string' && typeof view.query === 'string') : [];
  } catch {
    return [];
  }
}

function keep(views) {
  localStorage.setItem(VIEWS, JSON.stringify(views));
  showViews();
}

function showViews() {
  document.getElementById('own-views').replaceChildren(...savedViews().map(view => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = '/?' + new URLSearchParams(view.query);
    link.textContent = view.name;
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'plain';
    remove.textContent = '✕';
    remove.setAttribute('aria-label', `Remove the view ${view.name}`);
    remove.addEventListener('click', () => keep(savedViews().filter(other => other.name !== view.name)));
    item.append(link, remove);
    return item;
  }));
}

const saving = document.getElementById('save-view');
saving.hidden = false;
saving.addEventListener('submit', event => {
  event.preventDefault();
  const name = new FormData(saving).get('name').trim();
  if (name) {
    const query = new URLSearchParams(location.search);
    query.delete('page');
    keep([...savedViews().filter(view => view.name !== name), {name, query: query.toString()}]);
    saving.reset();
  }
});

document.addEventListener('click', event => {
  const views = document.getElementById('views');
  if (!views.contains(event.target)) {
    views.open = false;
  }
});

showViews();
