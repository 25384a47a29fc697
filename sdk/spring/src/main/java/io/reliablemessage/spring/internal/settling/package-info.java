/**
 * Brings rows to the service after their transactions: at once where the commit was seen here, and by a sweep where it was
 * not; and keeps the tables small.
 *
 * <p>The row decides, never the memory of a commit: everything is read again in a transaction of its own before it is
 * confirmed or sent. Any step may happen twice, on several replicas, or be cut off; it then happens again.
 */
@NullMarked
package io.reliablemessage.spring.internal.settling;

import org.jspecify.annotations.NullMarked;
