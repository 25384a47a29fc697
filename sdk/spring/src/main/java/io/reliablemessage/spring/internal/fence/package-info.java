/**
 * Decides whether a local transaction committed. A missing row alone proves nothing, since the transaction may still be
 * open: only a row of our own under its message's id, committed, makes it fail for ever.
 */
@NullMarked
package io.reliablemessage.spring.internal.fence;

import org.jspecify.annotations.NullMarked;
