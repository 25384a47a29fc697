/** Status checkers against endpoints that misbehave. */
@NullMarked
package io.reliablemessage.faults.checkback;

import org.jspecify.annotations.NullMarked;
