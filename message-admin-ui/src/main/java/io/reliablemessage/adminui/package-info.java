/**
 * The operators' console: server-rendered pages over the admin API.
 *
 * <p>It has no access but the admin API, so nothing it does is impossible with curl. Its templates, texts and
 * static files lie in the folder {@code console}, not where Boot looks by itself: the quickstart has all
 * applications on one class path.
 */
@NullMarked
package io.reliablemessage.adminui;

import org.jspecify.annotations.NullMarked;
