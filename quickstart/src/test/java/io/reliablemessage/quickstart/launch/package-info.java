@NullMarked
package io.reliablemessage.quickstart.launch;

import org.jspecify.annotations.NullMarked;
