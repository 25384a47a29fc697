@NullMarked
package io.reliablemessage.quickstart.console;

import org.jspecify.annotations.NullMarked;
