/**
 * Accounts for claims: sends that are counted in the ledger and not yet known to have been offered to the broker. What a
 * transaction without an answer, or a replica that died, leaves in doubt is given back or sent again.
 */
@NullMarked
package io.reliablemessage.service.publishing.claim;

import org.jspecify.annotations.NullMarked;
