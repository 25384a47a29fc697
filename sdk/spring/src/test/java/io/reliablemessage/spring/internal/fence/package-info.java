@NullMarked
package io.reliablemessage.spring.internal.fence;

import org.jspecify.annotations.NullMarked;
