/** As little HTTP/1.1 as a load generator needs: one thread, keep-alive connections, one call at a time on each. */
@NullMarked
package io.reliablemessage.benchmarks.http;

import org.jspecify.annotations.NullMarked;
