/**
 * Keeps the ledger's days: their partitions are made ahead of the first message that needs them.
 *
 * <p>Old days are not dropped yet. So disk use is reported, and a ledger of more than 180 days is refused at start, before it
 * becomes slow without anybody knowing why.
 */
@NullMarked
package io.reliablemessage.service.retention;

import org.jspecify.annotations.NullMarked;
