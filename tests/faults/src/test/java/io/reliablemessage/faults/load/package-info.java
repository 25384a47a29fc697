/** Producers and consumers, and their records of each message. */
@NullMarked
package io.reliablemessage.faults.load;

import org.jspecify.annotations.NullMarked;
