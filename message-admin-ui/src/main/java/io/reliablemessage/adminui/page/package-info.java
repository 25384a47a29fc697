/** What all pages have in common: language, theme and time zone, how things are written, what failures look like. */
@NullMarked
package io.reliablemessage.adminui.page;

import org.jspecify.annotations.NullMarked;
