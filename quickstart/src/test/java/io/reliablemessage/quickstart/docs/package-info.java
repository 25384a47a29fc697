@NullMarked
package io.reliablemessage.quickstart.docs;

import org.jspecify.annotations.NullMarked;
