/**
 * What the port of each application does with requests that nobody should send.
 *
 * <p>It bounds the time of a request on its way in. Tomcat's {@code connectionTimeout} is for each read, so a client that sends
 * a byte now and then would have its connection, thread and memory for ever.
 */
@NullMarked
package io.reliablemessage.webserver;

import org.jspecify.annotations.NullMarked;
