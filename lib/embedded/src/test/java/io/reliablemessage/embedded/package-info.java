@NullMarked
package io.reliablemessage.embedded;

import org.jspecify.annotations.NullMarked;
