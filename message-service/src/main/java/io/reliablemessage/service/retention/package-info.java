/**
 * Keeps the ledger's days: their partitions are made ahead of the first message that needs them, and dropped when
 * they are old and nothing in them is undecided, on its way or dead.
 *
 * <p>A day with one dead delivery stays until an operator has decided about it, however old it is; its age is exported.
 */
@NullMarked
package io.reliablemessage.service.retention;

import org.jspecify.annotations.NullMarked;
