/* One store of the browser's own database, for what must outlive a page of the tablet. */
(() => {
  'use strict';
  const STORE_MS = 3000; // A database that never answers is as good as none.

  /** `change(mode, act)` of a store: what `act(store)` asked for, once it is on disk. */
  window.BaylightStore = (database, name, options) => {
    const opened = new Promise((done, fail) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(name, options);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
      setTimeout(() => fail(new Error('The database does not answer.')), STORE_MS);
    });
    opened.catch(() => {});
    return async (mode, act) => {
      const deal = (await opened).transaction(name, mode, {durability: 'strict'});
      const request = act(deal.objectStore(name));
      await new Promise((done, fail) => {
        deal.oncomplete = done;
        deal.onabort = () => fail(deal.error);
      });
      return request.result;
    };
  };
})();
