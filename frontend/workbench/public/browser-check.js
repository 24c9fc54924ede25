/* Says in both languages that this browser is too old, before anything newer is loaded (AGT-019, ENV-001).
   Written for old browsers: no syntax after 2009, and nothing of the page is needed. */
(function () {
  var found = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
  var version = found ? parseInt(found[1], 10) : 0;
  var LEAST = 85;
  if (found && version >= LEAST) return;
  var box = document.createElement('div');
  box.id = 'browser-notice';
  box.setAttribute('role', 'alert');
  box.setAttribute('data-testid', 'browser-notice');
  box.style.cssText =
    'padding:12px 16px;background:#fdf0d9;color:#6b3f00;font:14px/20px sans-serif;border-bottom:1px solid #e0b56a';
  box.appendChild(
    document.createTextNode(
      '请使用 Chrome ' +
        LEAST +
        ' 或更高版本打开工作台，否则通话可能没有声音。' +
        (found ? '当前版本：' + version + '。' : '') +
        ' Please open the workbench in Chrome ' +
        LEAST +
        ' or newer, or calls may have no sound.' +
        (found ? ' Yours is ' + version + '.' : ''),
    ),
  );
  document.body.insertBefore(box, document.body.firstChild);
})();
