/** Counters and timers of a run. */
@NullMarked
package io.reliablemessage.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
