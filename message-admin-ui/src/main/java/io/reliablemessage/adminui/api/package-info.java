/**
 * The admin API as the console calls it: with the console's key, for the operator who is logged in.
 *
 * <p>The service enforces what an operator may do. What the console hides or disables is a courtesy.
 */
@NullMarked
package io.reliablemessage.adminui.api;

import org.jspecify.annotations.NullMarked;
