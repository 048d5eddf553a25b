/* Nobody is signed in here: what a tablet kept of somebody's page for hours without server is gone. */
if (window.caches) { window.caches.delete('baylight-page'); }
