/// The page and the browser SDK as files: served with caching and compression, one page for all
/// addresses inside the app.
@NullMarked
package dev.ringmaster.http.page;

import org.jspecify.annotations.NullMarked;
