/**
 * Calls the admin API with the console's key, for the logged-in operator.
 *
 * <p>The service enforces what an operator may do. What the console hides or disables is a courtesy.
 */
@NullMarked
package io.reliablemessage.adminui.api;

import org.jspecify.annotations.NullMarked;
