/** Producers and consumers, and what they remember of each message. */
@NullMarked
package io.reliablemessage.faults.load;

import org.jspecify.annotations.NullMarked;
