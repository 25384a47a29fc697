/**
 * The databases that hold the tables, and how each of them is spoken to.
 *
 * <p>Nothing here runs in a transaction of the application, and nothing relies on the defaults of its pool.
 */
@NullMarked
package io.reliablemessage.spring.internal.store;

import org.jspecify.annotations.NullMarked;
