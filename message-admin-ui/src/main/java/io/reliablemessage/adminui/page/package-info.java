/** Shared parts of all pages: language, theme, time zone, formats and error pages. */
@NullMarked
package io.reliablemessage.adminui.page;

import org.jspecify.annotations.NullMarked;
