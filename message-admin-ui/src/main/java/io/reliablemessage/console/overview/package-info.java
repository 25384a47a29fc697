/** How things stand, in words, numbers and charts. */
@NullMarked
package io.reliablemessage.console.overview;

import org.jspecify.annotations.NullMarked;
