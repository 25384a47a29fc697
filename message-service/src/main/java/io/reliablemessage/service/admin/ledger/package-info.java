/** Begins an epoch of the ledger after a restore. */
@NullMarked
package io.reliablemessage.service.admin.ledger;

import org.jspecify.annotations.NullMarked;
