/**
 * Signed HTTP requests to addresses that others chose: signature, secrets, rules for addresses, and a client that trusts
 * nothing that comes back.
 *
 * <p>Two processes must judge addresses alike: the service when a URL is registered, the worker whenever it dials.
 * Everything is refused that is not plainly public, unless the operator allows it by name or by range.
 */
@NullMarked
package io.reliablemessage.webhook;

import org.jspecify.annotations.NullMarked;
