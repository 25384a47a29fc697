/** The figures at a glance: states, rates, and what waits for an operator. */
@NullMarked
package io.reliablemessage.service.admin.overview;

import org.jspecify.annotations.NullMarked;
