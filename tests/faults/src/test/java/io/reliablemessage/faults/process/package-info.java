/** The programs under test as processes of their own, and what stands between them. */
@NullMarked
package io.reliablemessage.faults.process;

import org.jspecify.annotations.NullMarked;
