/**
 * Signed HTTP requests to addresses that others chose: signature, secrets, rules for addresses, and a client that
 * trusts no response.
 *
 * <p>Two processes must check addresses alike: the service when a URL is registered, the worker on every call. Every
 * address that is not clearly public is refused, unless the operator allows it by name or by range.
 */
@NullMarked
package io.reliablemessage.webhook;

import org.jspecify.annotations.NullMarked;
