/** Runs the quickstart as its users do: in a JVM of its own, with real parts. */
@NullMarked
package io.reliablemessage.quickstart;

import org.jspecify.annotations.NullMarked;
