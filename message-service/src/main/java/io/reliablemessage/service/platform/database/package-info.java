/** Access to the ledger: its own transactions, arrays as parameters, and the database settings it requires. */
@NullMarked
package io.reliablemessage.service.platform.database;

import org.jspecify.annotations.NullMarked;
