/** Serves the overview: states, rates, and what needs an operator. */
@NullMarked
package io.reliablemessage.service.admin.overview;

import org.jspecify.annotations.NullMarked;
