/** How things stand, in words, numbers and charts. */
@NullMarked
package io.reliablemessage.adminui.overview;

import org.jspecify.annotations.NullMarked;
