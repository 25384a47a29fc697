/** Tests of both starters: they run on the oldest and on the newest Boot of each. */
@NullMarked
package io.reliablemessage.spring.boot;

import org.jspecify.annotations.NullMarked;
