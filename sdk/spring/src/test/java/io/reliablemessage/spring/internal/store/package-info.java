@NullMarked
package io.reliablemessage.spring.internal.store;

import org.jspecify.annotations.NullMarked;
