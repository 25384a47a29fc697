/**
 * Compares everything that is not Java with the applications: a port, a module or the name of an environment variable
 * that only a Dockerfile, a compose file or a chart knows is a mistake that nothing else would show.
 */
@NullMarked
package io.reliablemessage.deployment;

import org.jspecify.annotations.NullMarked;
