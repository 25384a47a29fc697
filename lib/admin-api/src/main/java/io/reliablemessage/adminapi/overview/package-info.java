/** The overview: states, rates and components. */
@NullMarked
package io.reliablemessage.adminapi.overview;

import org.jspecify.annotations.NullMarked;
