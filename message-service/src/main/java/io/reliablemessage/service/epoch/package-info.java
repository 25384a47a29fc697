/**
 * Numbers the ledger's epochs: a new one begins when the database was restored to an earlier point.
 *
 * <p>Answers to producers carry the epoch that was known when the call arrived, so an answer given before a restore
 * never carries the epoch that the restore began.
 */
@NullMarked
package io.reliablemessage.service.epoch;

import org.jspecify.annotations.NullMarked;
