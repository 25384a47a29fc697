/** Shows the overview: health, counts and charts. */
@NullMarked
package io.reliablemessage.adminui.overview;

import org.jspecify.annotations.NullMarked;
