@NullMarked
package io.reliablemessage.testing;

import org.jspecify.annotations.NullMarked;
