/**
 * Messages of a transaction, from {@code send} to the end of its commit.
 *
 * <p>The state lives in the transaction's own synchronization: no thread local, no bound resource, so that suspended and
 * nested transactions keep their messages apart as they keep everything else apart.
 */
@NullMarked
package io.reliablemessage.spring.internal.sending;

import org.jspecify.annotations.NullMarked;
