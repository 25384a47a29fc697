/**
 * Which addresses outbound calls may go to. Here, because two processes must judge alike: the service when an
 * address is registered, the worker whenever it dials.
 *
 * <p>Everything is refused that is not plainly public, unless the operator allows it by name or by range.
 */
@NullMarked
package io.reliablemessage.api.address;

import org.jspecify.annotations.NullMarked;
