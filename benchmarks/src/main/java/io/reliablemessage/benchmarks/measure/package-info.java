/** What is counted and timed while messages travel. */
@NullMarked
package io.reliablemessage.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
