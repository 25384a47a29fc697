/**
 * Asks producers about half messages. Nothing is asked by itself; the test does it.
 */
@NullMarked
package io.reliablemessage.test.internal.checkbacks;

import org.jspecify.annotations.NullMarked;
