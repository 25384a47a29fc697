/** Dockerfile, Compose and the images' contents, against the applications. */
@NullMarked
package io.reliablemessage.deployment.image;

import org.jspecify.annotations.NullMarked;
