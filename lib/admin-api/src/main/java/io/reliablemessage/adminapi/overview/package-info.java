/** The figures at a glance. */
@NullMarked
package io.reliablemessage.adminapi.overview;

import org.jspecify.annotations.NullMarked;
