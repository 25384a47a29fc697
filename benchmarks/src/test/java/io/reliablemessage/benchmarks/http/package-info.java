@NullMarked
package io.reliablemessage.benchmarks.http;

import org.jspecify.annotations.NullMarked;
