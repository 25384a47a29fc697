/** How the ledger is reached: its own transactions, arrays as parameters, and what the database must be set to. */
@NullMarked
package io.reliablemessage.service.platform.database;

import org.jspecify.annotations.NullMarked;
