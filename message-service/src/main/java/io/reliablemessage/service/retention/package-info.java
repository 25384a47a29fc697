/**
 * Manages the ledger's days: creates partitions before the first message needs them, and drops old ones without
 * undecided messages and open or dead deliveries.
 *
 * <p>A day with one dead delivery stays until an operator has decided about it, however old it is; its age is exported.
 */
@NullMarked
package io.reliablemessage.service.retention;

import org.jspecify.annotations.NullMarked;
